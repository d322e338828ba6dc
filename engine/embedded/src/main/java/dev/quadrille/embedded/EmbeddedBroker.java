package dev.quadrille.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.configuration.IllegalConfigurationException;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.BrokerImpl;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.State;
import org.apache.qpid.server.model.SystemConfig;
import org.apache.qpid.server.model.VirtualHost;
import org.apache.qpid.server.model.VirtualHostNode;
import org.apache.qpid.server.model.port.AmqpPort;
import org.jspecify.annotations.Nullable;

/**
 * An AMQP 0-9-1 broker (Apache Qpid Broker-J) in this JVM, on the loopback address only, with one virtual host, "/".
 * Whoever starts one closes it; safe for use by any thread.
 *
 * <p>Durable exchanges, queues and bindings are on disk, and so is a persistent message in them before it is confirmed:
 * they outlive the JVM and the machine's power, except in {@link #temporary()} ones. No limit of the broker's own drops a
 * message or blocks a publisher. A queue argument that it does not know is refused.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Map<String, String> LIMITS = Map.of(
            // As many channels on a connection as RabbitMQ allows.
            AmqpPort.SESSION_COUNT_LIMIT, "2047",
            // Otherwise a disk that is 90 % full stops every publisher without a word.
            Broker.STORE_FILESYSTEM_MAX_USAGE_PERCENT, "100");

    private final SystemLauncher launcher;
    private final int port;
    private final Runnable release;

    private EmbeddedBroker(SystemLauncher launcher, int port, Runnable release) {
        this.launcher = launcher;
        this.port = port;
        this.release = release;
    }

    /**
     * Starts a broker on what the directory holds, or an empty one when it holds nothing. Takes a second or two.
     *
     * @param directory the broker's own: nothing else may be kept in it
     * @param port the TCP port to listen on, 0 for any that is free
     * @throws StartFailure if another live process uses the directory, if the port is taken, or if the store can't be read
     */
    public static EmbeddedBroker start(Path directory, int port) {
        var home = ServerDirectory.claim(directory);
        try {
            home.prepareData();
            var broker = start(Map.of("type", "DERBY", "storePath", home.data().toString()), port, home::close);
            home.keepData();
            return broker;
        } catch (IOException e) {
            home.close();
            throw new UncheckedIOException(e);
        } catch (StartFailure e) {
            home.close();
            throw e;
        }
    }

    /** Starts an empty broker for tests on a free port: all in memory, and gone when it is closed or the JVM exits. */
    public static EmbeddedBroker temporary() {
        return start(Map.of("type", "Memory"), 0, () -> {});
    }

    private static EmbeddedBroker start(Map<String, Object> store, int port, Runnable release) {
        var startup = new Startup();
        var launcher = new SystemLauncher(startup);
        try {
            launcher.startup(Map.of(
                    SystemConfig.TYPE,
                    "Memory",
                    SystemConfig.INITIAL_CONFIGURATION_LOCATION,
                    resource("broker.json"),
                    SystemConfig.INITIAL_SYSTEM_PROPERTIES_LOCATION,
                    resource("broker.properties"),
                    SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
                    false,
                    SystemConfig.CONTEXT,
                    LIMITS));
            var broker = startup.broker();
            removeShutdownHook(broker);
            openVirtualHost(broker, store);
            return new EmbeddedBroker(launcher, openPort(broker, port), release);
        } catch (StartFailure e) {
            launcher.shutdown();
            throw e;
        } catch (Exception e) {
            launcher.shutdown();
            throw new StartFailure("The embedded broker does not start: " + e.getMessage(), e);
        }
    }

    private static void openVirtualHost(Broker<?> broker, Map<String, Object> store) {
        var attributes = new HashMap<>(store);
        attributes.put("name", "default");
        attributes.put("defaultVirtualHostNode", true);
        attributes.put("virtualHostInitialConfiguration", "{\"type\": \"ProvidedStore\"}");
        VirtualHost<?> host =
                broker.createChild(VirtualHostNode.class, attributes).getVirtualHost();
        if (host == null || host.getState() != State.ACTIVE) {
            throw new IllegalStateException("what it has stored can't be read; the log says why");
        }
    }

    /** The configuration has it closed, so that no client comes before there is a virtual host. */
    private static int openPort(Broker<?> broker, int number) {
        var port = (AmqpPort<?>) broker.getPorts().iterator().next();
        try {
            port.setAttributes(Map.of(Port.PORT, number, Port.DESIRED_STATE, State.ACTIVE));
        } catch (IllegalConfigurationException e) {
            throw StartFailure.portTaken(number, e);
        }
        return port.getBoundPort();
    }

    /** Qpid's own hook would take the broker away at JVM exit while its clients still drain; {@link #close()} is ours to call. */
    private static void removeShutdownHook(Broker<?> broker) throws ReflectiveOperationException {
        var hook = BrokerImpl.class.getDeclaredField("_shutdownHook");
        hook.setAccessible(true);
        Runtime.getRuntime().removeShutdownHook((Thread) hook.get(broker));
    }

    private static String resource(String name) {
        return Objects.requireNonNull(EmbeddedBroker.class.getResource(name)).toExternalForm();
    }

    public int port() {
        return port;
    }

    /** With user and password; no path, which every client takes for the virtual host "/". */
    public String amqpUrl() {
        return "amqp://%s:%s@%s:%d".formatted(user(), password(), LOOPBACK, port);
    }

    public String user() {
        return "quadrille";
    }

    public String password() {
        return "quadrille";
    }

    /** Closes every connection and stops. Repeating it changes nothing. */
    @Override
    public void close() {
        launcher.shutdown();
        release.run();
    }

    /** Qpid's startup does not throw: it tells its listener. */
    private static final class Startup extends DefaultSystemLauncherListener {
        private @Nullable Broker<?> broker;
        private @Nullable RuntimeException failure;

        @Override
        public void onContainerResolve(SystemConfig<?> system) {
            broker = (Broker<?>) system.getContainer();
        }

        @Override
        public void errorOnStartup(RuntimeException e) {
            failure = e;
        }

        Broker<?> broker() {
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(broker);
        }
    }
}
