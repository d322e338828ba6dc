package dev.quadrille.acceptance;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.rabbitmq.client.ConnectionFactory;
import dev.quadrille.acceptance.support.Patience;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A RabbitMQ node of the tests' own, on loopback, where RabbitMQ is installed; it knows nothing of the machine's node. */
final class RabbitNode {

    private final Process process;

    private RabbitNode(Process process) {
        this.process = process;
    }

    /**
     * The program that starts a node, if there is one. Debian's is not on the path: what is there becomes the user of the
     * machine's node first.
     */
    static Optional<Path> program() {
        return Stream.concat(
                        Stream.of("/usr/lib/rabbitmq/bin"),
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)))
                .map(folder -> Path.of(folder, "rabbitmq-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static String url(int port) {
        return "amqp://guest:guest@127.0.0.1:" + port;
    }

    /**
     * Starts a node on what the directory holds; returns when it takes connections.
     *
     * @param port where it listens for clients
     * @param peers where it would for other nodes
     */
    static RabbitNode start(Path program, Path directory, int port, int peers) throws IOException {
        var builder = new ProcessBuilder(program.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("printed").toFile());
        builder.environment()
                .putAll(Map.of(
                        // For the cookie that nodes know each other by.
                        "HOME", directory.toString(),
                        "RABBITMQ_NODENAME", "quadrille-" + port + "@localhost",
                        "RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1",
                        "RABBITMQ_NODE_PORT", Integer.toString(port),
                        "RABBITMQ_DIST_PORT", Integer.toString(peers),
                        "RABBITMQ_MNESIA_BASE", directory.resolve("data").toString(),
                        "RABBITMQ_LOG_BASE", directory.resolve("log").toString(),
                        "RABBITMQ_CONF_ENV_FILE", directory.resolve("none").toString(),
                        "RABBITMQ_CONFIG_FILE", directory.resolve("none").toString(),
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                                directory.resolve("plugins").toString()));
        var node = new RabbitNode(builder.start());
        try {
            Patience.eventually(() -> node.connect(port));
            return node;
        } catch (AssertionError | RuntimeException e) {
            node.stop();
            throw new IllegalStateException(
                    "RabbitMQ does not start:\n" + Files.readString(directory.resolve("printed")), e);
        }
    }

    private void connect(int port) {
        if (!process.isAlive()) {
            throw new IllegalStateException("It ended with " + process.exitValue());
        }
        var factory = new ConnectionFactory();
        try {
            factory.setUri(url(port));
            factory.newConnection().close();
        } catch (Exception notYet) {
            throw new AssertionError("It takes no connection", notYet);
        }
    }

    /** Stops it in order. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(Patience.BUDGET.toMillis(), MILLISECONDS)) {
                throw new IllegalStateException("RabbitMQ does not stop");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
