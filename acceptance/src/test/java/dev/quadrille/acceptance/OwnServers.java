package dev.quadrille.acceptance;

import static java.util.Objects.requireNonNull;

import com.rabbitmq.client.ConnectionFactory;
import dev.quadrille.acceptance.support.Directories;
import dev.quadrille.embedded.EmbeddedBroker;
import dev.quadrille.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The servers behind a system, a test class's own, so that it may take one away.
 *
 * @param brokerPort on loopback
 * @param settings by which services find them
 * @param home where they keep what they hold
 */
record OwnServers(String name, Server broker, int brokerPort, Server database, Map<String, String> settings, Path home)
        implements AutoCloseable {

    private static final String USER = "postgres";

    /** On the broker that {@code ./run} brings. */
    static OwnServers withEmbeddedBroker() throws Exception {
        var port = freePort();
        return start(
                "embedded broker",
                port,
                "amqp://quadrille:quadrille@127.0.0.1:" + port,
                home -> EmbeddedBroker.start(home.resolve("broker"), port)::close);
    }

    /** On a RabbitMQ that this program starts. */
    static OwnServers withRabbitMq(Path program) throws Exception {
        var port = freePort();
        var peers = freePort();
        return start(
                "RabbitMQ", port, RabbitNode.url(port), home -> RabbitNode.start(program, home, port, peers)::stop);
    }

    @FunctionalInterface
    private interface BrokerStart {
        Runnable in(Path home) throws Exception;
    }

    /** On RabbitMQ where it is installed, and else on the embedded broker. */
    static OwnServers withTheBestBroker() throws Exception {
        var rabbitMq = RabbitNode.program();
        return rabbitMq.isPresent() ? withRabbitMq(rabbitMq.get()) : withEmbeddedBroker();
    }

    private static OwnServers start(String name, int brokerPort, String brokerUrl, BrokerStart brokerStart)
            throws Exception {
        var home = Files.createTempDirectory("quadrille-servers");
        var port = freePort();
        var databaseUrl = "jdbc:postgresql://127.0.0.1:" + port + "/";
        var broker = new Server(() -> brokerStart.in(home));
        var database = new Server(() -> EmbeddedDatabase.start(home.resolve("postgres"), port)::close);
        var settings = Map.of(
                "AMQP_URL",
                brokerUrl,
                "POSTGRES_URL",
                databaseUrl + "quadrille",
                "QUERIES_POSTGRES_URL",
                databaseUrl + "queries",
                "POSTGRES_USER",
                USER);
        var servers = new OwnServers(name, broker, brokerPort, database, settings, home);
        try {
            broker.start();
            database.start();
            return servers;
        } catch (Exception e) {
            servers.close();
            throw e;
        }
    }

    /** Below the ports that connections go out from: while a server is away, nobody else gets its port. */
    static int freePort() throws IOException {
        while (true) {
            var port = ThreadLocalRandom.current().nextInt(10_000, 30_000);
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (BindException taken) {
                // Then another.
            }
        }
    }

    String brokerUrl() {
        return requireNonNull(settings.get("AMQP_URL"));
    }

    /** What they call themselves. */
    String versions() throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(brokerUrl());
        try (var connection = factory.newConnection()) {
            var broker = connection.getServerProperties();
            return broker.get("product") + " " + broker.get("version") + ", PostgreSQL "
                    + ask("POSTGRES_URL", "show server_version").getFirst();
        }
    }

    /** What was set aside, in both databases: a line for each message. */
    List<String> parked() {
        var parked = new ArrayList<String>();
        for (var database : List.of("POSTGRES_URL", "QUERIES_POSTGRES_URL")) {
            parked.addAll(ask(database, "select consumer || ': ' || reason from parked"));
        }
        return parked;
    }

    /** How many events the relayer has not yet brought to the bus. */
    long behind() {
        return Long.parseLong(ask("POSTGRES_URL", """
                        select count(*) from event
                        where position > (select coalesce(max(position), 0) from checkpoint)""").getFirst());
    }

    /** What has happened in a stream. */
    List<String> typesOf(String stream) {
        return ask("POSTGRES_URL", "select type from event where stream = '" + stream + "' order by version");
    }

    private List<String> ask(String database, String query) {
        return Sql.column(settings.get(database) + "?user=" + USER, query);
    }

    /** Kills the database server with every process that it has, as a power cut does. */
    void killDatabase() throws IOException {
        var pid =
                Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).getFirst();
        var postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        var processes =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
        database.stop();
    }

    @Override
    public void close() throws IOException {
        broker.stop();
        database.stop();
        Directories.delete(home);
    }

    @Override
    public String toString() {
        return name;
    }
}
