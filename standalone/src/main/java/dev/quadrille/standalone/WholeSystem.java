package dev.quadrille.standalone;

import dev.quadrille.console.ConsoleApplication;
import dev.quadrille.domain.DomainApplication;
import dev.quadrille.embedded.EmbeddedBroker;
import dev.quadrille.embedded.EmbeddedDatabase;
import dev.quadrille.grpc.GrpcServer;
import dev.quadrille.listener.ListenerApplication;
import dev.quadrille.projections.ProjectionsApplication;
import dev.quadrille.relayer.RelayerApplication;
import dev.quadrille.shell.Monitor;
import dev.quadrille.shell.Shell;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * All services in this JVM, each in a Spring context of its own as if it ran apart, in the order in which a bid needs
 * them; behind them the embedded servers, for whichever of the two no address is given. To stop, the services
 * drain at the same time, each by itself as if it ran apart, and then the servers go.
 */
final class WholeSystem implements AutoCloseable {

    private final Monitor monitor;
    private final PrintWriter out;
    private final Queue<Runnable> services = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> servers = new ConcurrentLinkedQueue<>();

    private WholeSystem(Monitor monitor, PrintWriter out) {
        this.monitor = monitor;
        this.out = out;
    }

    /**
     * Starts everything, telling how far it is; returns when all of it is up.
     *
     * @param settings where things are and listen
     * @param arguments the command line's {@code --NAME=value}, which go to every service
     * @param monitor of all services, closed with them
     */
    static WholeSystem start(StandaloneSettings settings, List<String> arguments, Monitor monitor, PrintWriter out) {
        // Until the first service sets logging up, nothing is logged to where a person reads how far the start is.
        LoggingSystem.get(WholeSystem.class.getClassLoader()).beforeInitialize();
        var system = new WholeSystem(monitor, out);
        try {
            var services = new ArrayList<>(arguments);
            services.addAll(system.startServers(settings));
            services.add("--BIND_ADDRESS=" + settings.bindAddress());
            services.add("--logging.file.name=" + settings.log());
            services.add("--logging.threshold.console=WARN");
            services.add("--logging.level.org.apache.qpid=WARN");
            system.startService("domain", DomainApplication.service(), services);
            system.startService("relayer", RelayerApplication.service(), services);
            var projections = system.startService("projections", ProjectionsApplication.service(), services);
            var listener = system.startService("listener", ListenerApplication.service(), services);
            services.add("--QUERY_ADDRESS=" + address(settings, projections));
            services.add("--LISTENER_ADDRESS=" + address(settings, listener));
            system.startService("console", ConsoleApplication.service(), services);
            return system;
        } catch (RuntimeException failure) {
            system.close();
            throw failure;
        }
    }

    /** Starts what no address is given for, both at once, and answers the settings by which the services find it. */
    private List<String> startServers(StandaloneSettings settings) {
        var database = settings.usesGivenDatabase()
                ? CompletableFuture.completedFuture(List.<String>of())
                : CompletableFuture.supplyAsync(() -> timed("PostgreSQL", () -> startDatabase(settings)));
        var broker = settings.usesGivenBroker()
                ? CompletableFuture.completedFuture(List.<String>of())
                : CompletableFuture.supplyAsync(() -> timed("AMQP broker", () -> startBroker(settings)));
        try {
            CompletableFuture.allOf(database, broker).join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
        var addresses = new ArrayList<>(database.join());
        addresses.addAll(broker.join());
        return addresses;
    }

    private List<String> startDatabase(StandaloneSettings settings) {
        var server = EmbeddedDatabase.start(settings.data().resolve("postgres"), settings.embeddedPostgresPort());
        servers.add(server::close);
        return List.of(
                "--POSTGRES_URL=" + server.jdbcUrl("quadrille"),
                "--POSTGRES_USER=" + server.user(),
                "--POSTGRES_PASSWORD=" + server.password());
    }

    private List<String> startBroker(StandaloneSettings settings) {
        var server = EmbeddedBroker.start(settings.data().resolve("broker"), settings.embeddedAmqpPort());
        servers.add(server::close);
        return List.of("--AMQP_URL=" + server.amqpUrl());
    }

    /** Where the console finds a service of this system, and not whatever the environment names. */
    private static String address(StandaloneSettings settings, ConfigurableApplicationContext service) {
        var host = settings.bindAddress().equals("0.0.0.0") ? "127.0.0.1" : settings.bindAddress();
        return host + ":" + service.getBean(GrpcServer.class).port();
    }

    private ConfigurableApplicationContext startService(String name, SpringApplication service, List<String> settings) {
        service.setRegisterShutdownHook(false);
        Shell.watchedBy(monitor, service);
        var context = timed(name, () -> service.run(settings.toArray(String[]::new)));
        services.add(context::close);
        return context;
    }

    private <T> T timed(String what, Supplier<T> start) {
        var begun = System.nanoTime();
        var started = start.get();
        out.printf(Locale.ROOT, "  %-12s up after %.1f s%n", what, (System.nanoTime() - begun) / 1e9);
        out.flush();
        return started;
    }

    /** Stops everything. Repeating it changes nothing. */
    @Override
    public void close() {
        closeAll(services);
        closeAll(servers);
        monitor.close();
    }

    private static void closeAll(Queue<Runnable> closing) {
        var begun = Stream.generate(closing::poll)
                .takeWhile(Objects::nonNull)
                .map(CompletableFuture::runAsync)
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(begun).join();
    }
}
