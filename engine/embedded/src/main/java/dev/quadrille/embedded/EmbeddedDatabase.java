package dev.quadrille.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A PostgreSQL server that this JVM starts and stops, on the loopback address only. Whoever starts one closes it; safe for
 * use by any thread.
 *
 * <p>What is committed is on disk and outlives the JVM and the machine's power, except in {@link #temporary()} ones. A
 * server that a killed JVM left running is stopped by the next start on its directory.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final List<String> DURABLE = List.of("fsync=on", "synchronous_commit=on", "full_page_writes=on");
    private static final List<String> FAST = List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off");

    private final ServerDirectory home;
    private final PostgresCluster cluster;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedDatabase(ServerDirectory home, PostgresCluster cluster, int port) {
        this.home = home;
        this.cluster = cluster;
        this.port = port;
    }

    /**
     * Starts a server on what the directory holds, or on a new cluster when it holds nothing. Takes seconds: more the
     * first time, when the server is unpacked (to the user's cache) and the cluster is made.
     *
     * @param directory the server's own: nothing else may be kept in it
     * @param port the TCP port to listen on, 0 for any that is free
     * @throws StartFailure if another live process uses the directory, if the port is taken, or if PostgreSQL refuses
     */
    public static EmbeddedDatabase start(Path directory, int port) {
        return start(ServerDirectory.claim(directory), port, DURABLE);
    }

    /**
     * Starts an empty server for tests on a free port: as fast as it can be because nothing is synced to disk, and deleted
     * when it is closed, at the latest when the JVM exits.
     */
    public static EmbeddedDatabase temporary() {
        var database = start(ServerDirectory.throwAway(), 0, FAST);
        Runtime.getRuntime().addShutdownHook(new Thread(database::close, "embedded-database-close"));
        return database;
    }

    /** The one {@link #temporary()} server that all tests of this JVM may share, each with a database of its own. */
    public static EmbeddedDatabase shared() {
        return Shared.DATABASE;
    }

    private static EmbeddedDatabase start(ServerDirectory home, int wantedPort, List<String> durability) {
        try {
            var cluster = new PostgresCluster(home);
            cluster.stopOrphan();
            var port = freePort(wantedPort);
            cluster.start(port, durability);
            return new EmbeddedDatabase(home, cluster, port);
        } catch (IOException e) {
            home.close();
            throw new UncheckedIOException(e);
        } catch (IllegalStateException e) {
            home.close();
            throw new StartFailure("The embedded database does not start: " + e.getMessage(), e);
        } catch (StartFailure e) {
            home.close();
            throw e;
        }
    }

    private static int freePort(int wanted) throws IOException {
        try (var socket = new ServerSocket(wanted, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (BindException e) {
            throw StartFailure.portTaken(wanted, e);
        }
    }

    public int port() {
        return port;
    }

    /** Of the database with that name, which whoever uses it makes; {@code postgres} is there from the start. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The superuser. */
    public String user() {
        return "postgres";
    }

    /** Empty: the server trusts every user of this machine, and no one else reaches it. */
    public String password() {
        return "";
    }

    /**
     * Stops the server at once, without waiting for clients: what they have not committed is lost. Repeating it changes
     * nothing.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try (home) {
            cluster.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {
        static final EmbeddedDatabase DATABASE = temporary();
    }
}
