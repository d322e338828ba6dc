package dev.quadrille.acceptance;

import dev.quadrille.acceptance.support.Directories;
import dev.quadrille.acceptance.support.Standalone;
import dev.quadrille.embedded.EmbeddedBroker;
import dev.quadrille.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A system and the servers behind it, all of them a test class's own, so that it may take one away.
 *
 * @param databaseUrl of the server, to which the name of a database is added
 */
record OwnServers(String name, Server broker, Server database, String databaseUrl, Standalone system, Path home)
        implements AutoCloseable {

    private static final String EVENT_STORE = "quadrille";
    private static final String QUERIES = "queries";
    private static final String USER = "postgres";

    /** On the broker that {@code ./run} brings. */
    static OwnServers withEmbeddedBroker() throws Exception {
        var port = freePort();
        return start(
                "embedded broker",
                "amqp://quadrille:quadrille@127.0.0.1:" + port,
                home -> EmbeddedBroker.start(home.resolve("broker"), port)::close);
    }

    /** On a RabbitMQ that this program starts. */
    static OwnServers withRabbitMq(Path program) throws Exception {
        var port = freePort();
        var peers = freePort();
        return start("RabbitMQ", RabbitNode.url(port), home -> RabbitNode.start(program, home, port, peers)::stop);
    }

    @FunctionalInterface
    private interface BrokerStart {
        Runnable in(Path home) throws Exception;
    }

    private static OwnServers start(String name, String brokerUrl, BrokerStart brokerStart) throws Exception {
        var home = Files.createTempDirectory("quadrille-servers");
        var port = freePort();
        var databaseUrl = "jdbc:postgresql://127.0.0.1:" + port + "/";
        var broker = new Server(() -> brokerStart.in(home));
        var database = new Server(() -> EmbeddedDatabase.start(home.resolve("postgres"), port)::close);
        try {
            broker.start();
            database.start();
            var addresses = Map.of(
                    "AMQP_URL",
                    brokerUrl,
                    "POSTGRES_URL",
                    databaseUrl + EVENT_STORE,
                    "QUERIES_POSTGRES_URL",
                    databaseUrl + QUERIES,
                    "POSTGRES_USER",
                    USER);
            return new OwnServers(name, broker, database, databaseUrl, Standalone.onServers(name, addresses), home);
        } catch (Exception e) {
            broker.stop();
            database.stop();
            Directories.delete(home);
            throw e;
        }
    }

    /** Below the ports that connections go out from: while a server is away, nobody else gets its port. */
    private static int freePort() throws IOException {
        while (true) {
            var port = ThreadLocalRandom.current().nextInt(10_000, 30_000);
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (BindException taken) {
                // Then another.
            }
        }
    }

    /** What was set aside, in both databases: a line for each message. */
    List<String> parked() throws SQLException {
        var parked = new ArrayList<String>();
        for (var name : List.of(EVENT_STORE, QUERIES)) {
            try (var connection = DriverManager.getConnection(databaseUrl + name, USER, "");
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("select consumer || ': ' || reason from parked")) {
                while (rows.next()) {
                    parked.add(rows.getString(1));
                }
            }
        }
        return parked;
    }

    @Override
    public void close() throws IOException {
        system.close();
        broker.stop();
        database.stop();
        Directories.delete(home);
    }

    @Override
    public String toString() {
        return name;
    }
}
