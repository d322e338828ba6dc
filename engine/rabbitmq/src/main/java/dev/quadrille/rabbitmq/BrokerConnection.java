package dev.quadrille.rabbitmq;

import static java.util.Objects.requireNonNull;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.SocketConfigurators;
import dev.quadrille.kernel.Unavailable;
import java.io.IOException;
import java.net.Socket;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is opened when it is first needed, and again after it was lost, with the topology declared on it
 * before anyone gets a channel. Safe to share between threads.
 *
 * <p>The client's own recovery is off: it would bring back a publisher's channel with the same sequence numbers for
 * other messages, and acknowledge deliveries of a channel that is gone.
 */
final class BrokerConnection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BrokerConnection.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);

    private record Opened(Connection connection, Socket socket) {}

    private final ConnectionFactory factory;
    private final String name;
    private final Topology topology;
    private final Outage outage;
    private final Backoff backoff = new Backoff(LONGEST_PAUSE);
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Opened opened;
    private volatile @Nullable Socket socket;
    private volatile boolean closed;
    private @Nullable Exception lastFailure;
    private long retryAt;

    BrokerConnection(BrokerSettings settings, String purpose, Topology topology) {
        this.name = settings.name() + " " + purpose;
        this.topology = topology;
        this.outage = new Outage(log, "The connection of " + name);
        this.factory = factory(settings);
        this.factory.setThreadFactory(
                Thread.ofPlatform().daemon().name(name + "-", 0).factory());
        this.factory.setSocketConfigurator(
                SocketConfigurators.defaultConfigurator().andThen(created -> socket = created));
    }

    private static ConnectionFactory factory(BrokerSettings settings) {
        var factory = new ConnectionFactory();
        try {
            factory.setUri(settings.url());
        } catch (URISyntaxException | GeneralSecurityException e) {
            throw new IllegalArgumentException(settings + " is no broker's address", e);
        }
        var timeout = Math.toIntExact(settings.connectTimeout().toMillis());
        factory.setConnectionTimeout(timeout);
        factory.setHandshakeTimeout(timeout);
        factory.setChannelRpcTimeout(timeout);
        factory.setRequestedHeartbeat(Math.toIntExact(settings.heartbeat().toSeconds()));
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        return factory;
    }

    /**
     * A new channel, which the caller closes.
     *
     * @throws Unavailable if the broker is away; at once, without trying, when the last try is too recent
     */
    Channel openChannel() {
        lock.lock();
        try {
            var channel = connection().createChannel();
            if (channel == null) {
                throw new Unavailable("The broker allows no further channel on one connection", null);
            }
            return channel;
        } catch (IOException | ShutdownSignalException e) {
            throw Failures.unavailable("No channel", e);
        } finally {
            lock.unlock();
        }
    }

    boolean isOpen() {
        var current = opened;
        return current != null && current.connection().isOpen();
    }

    /**
     * Gives up this connection, if it is still the one in use, without a word to the broker. Closing the socket is all
     * that helps a thread that hangs in writing to it.
     */
    void drop(Connection connection) {
        var current = opened;
        if (current != null && current.connection().equals(connection)) {
            closeSocket(current.socket());
        }
    }

    /** Closes for good, within a few seconds, also while a thread connects. */
    @Override
    public void close() {
        closed = true;
        var current = opened;
        if (current != null) {
            var farewell = Thread.startVirtualThread(() -> current.connection().abort((int) CLOSE_WITHIN.toMillis()));
            try {
                farewell.join(CLOSE_WITHIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        var last = socket;
        if (last != null) {
            closeSocket(last);
        }
    }

    private Connection connection() {
        if (closed) {
            throw new Unavailable("The connection of " + name + " has been closed", null);
        }
        var current = opened;
        if (current != null && current.connection().isOpen()) {
            return current.connection();
        }
        if (lastFailure != null && System.nanoTime() - retryAt < 0) {
            throw Failures.unavailable("The broker is away", lastFailure);
        }
        try {
            var connection = connect();
            lastFailure = null;
            backoff.reset();
            outage.over();
            return connection;
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            lastFailure = e;
            retryAt = System.nanoTime() + backoff.next().toNanos();
            outage.lasts(e);
            throw Failures.unavailable("The broker is away", e);
        }
    }

    private Connection connect() throws IOException, TimeoutException {
        var connection = factory.newConnection(name);
        try (var channel = connection.createChannel()) {
            topology.declare(channel);
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            connection.abort((int) CLOSE_WITHIN.toMillis());
            throw e;
        }
        connection.addShutdownListener(signal -> {
            if (!signal.isInitiatedByApplication()) {
                log.warn("{} has lost its connection: {}", name, Failures.describe(signal));
            }
        });
        opened = new Opened(connection, requireNonNull(socket));
        if (closed) {
            connection.abort((int) CLOSE_WITHIN.toMillis());
        }
        return connection;
    }

    private static void closeSocket(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("A socket did not close cleanly", e);
        }
    }
}
