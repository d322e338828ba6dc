package dev.quadrille.acceptance.support;

import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The whole system as a process of its own, started as {@code ./run} starts it: on free ports, with a data directory of
 * its own, on the embedded servers or on given ones. It can be stopped, killed and started again on the same data and
 * ports. For one thread.
 */
public final class Standalone implements SystemUnderTest, AutoCloseable {

    private static final List<String> PORTS = List.of(
            "LISTENER_PORT",
            "QUERY_PORT",
            "CONSOLE_PORT",
            "METRICS_PORT",
            "EMBEDDED_AMQP_PORT",
            "EMBEDDED_POSTGRES_PORT");

    private static final Pattern PRINTED_BROKER = Pattern.compile("amqp://\\S+");

    private final String name;
    private final Path home;
    private final Map<String, String> settings;
    private final Program program;

    private Standalone(String name, Map<String, String> servers) throws IOException {
        this.name = name;
        this.home = Files.createTempDirectory("quadrille-acceptance");
        this.settings = new HashMap<>(servers);
        settings.putAll(freePorts());
        settings.put("DATA_DIR", data().toString());
        this.program = new Program(List.of(), List.of(), settings, home.resolve("printed"));
    }

    /** Starts the system on its embedded servers; returns when it serves. */
    public static Standalone onEmbeddedServers() {
        return onServers("embedded", Map.of());
    }

    /** Starts the system on the servers that the environment names, if any; returns when it serves. */
    public static Optional<Standalone> onServersOf(Map<String, String> environment) {
        var servers = new HashMap<>(environment);
        servers.keySet().retainAll(Program.SERVERS);
        servers.values().removeIf(String::isBlank);
        return servers.isEmpty() ? Optional.empty() : Optional.of(onServers("given servers", servers));
    }

    /** Starts the system on the servers that these settings name; returns when it serves. */
    public static Standalone onServers(String name, Map<String, String> servers) {
        try {
            var system = new Standalone(name, servers);
            try {
                system.awaitServing();
            } catch (RuntimeException e) {
                system.close();
                throw e;
            }
            return system;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> freePorts() throws IOException {
        var ports = new HashMap<String, String>();
        var held = new ArrayList<ServerSocket>();
        for (var port : PORTS) {
            var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            held.add(socket);
            ports.put(port, Integer.toString(socket.getLocalPort()));
        }
        for (var socket : held) {
            socket.close();
        }
        return ports;
    }

    /** Ends the process at once, as a power cut does. */
    public void kill() {
        program.kill();
    }

    /**
     * Asks the process to end, and waits for it.
     *
     * @return how long it took
     */
    public Duration stop() {
        return program.stop();
    }

    /** Starts the system again after its end; returns when it serves. */
    public void startAgain() {
        program.startAgain();
        awaitServing();
    }

    /**
     * Runs the same program with arguments, beside the running system and with its settings, to its end.
     *
     * @return what it printed
     */
    public String run(String... arguments) {
        return program.run(arguments);
    }

    /** What it tells of its services over HTTP, a line for each. */
    public String health() {
        return program.health();
    }

    /** The lines that it has logged so far. */
    public List<String> log() {
        return Program.lines(data().resolve("quadrille.log"));
    }

    /** The page, for a browser. */
    public String console() {
        return "http://" + address("CONSOLE_PORT");
    }

    /** The event store, for JDBC, with the user. */
    public String eventStore() {
        return database("POSTGRES_URL", "quadrille");
    }

    /** The read tables, for JDBC, with the user. */
    public String queries() {
        return database("QUERIES_POSTGRES_URL", "queries");
    }

    private String database(String variable, String embedded) {
        return settings.getOrDefault(
                        variable, "jdbc:postgresql://" + address("EMBEDDED_POSTGRES_PORT") + "/" + embedded)
                + "?user=" + settings.getOrDefault("POSTGRES_USER", "postgres")
                + "&password=" + settings.getOrDefault("POSTGRES_PASSWORD", "");
    }

    /** Makes an environment the one that it runs with. */
    public void applyTo(Map<String, String> environment) {
        program.applyTo(environment);
    }

    /** The command line that runs the same program, for a shell. */
    public String commandLine() {
        return program.commandLine();
    }

    @Override
    public Addresses addresses() {
        return new Addresses(address("LISTENER_PORT"), address("QUERY_PORT"), broker());
    }

    /** Stops the system and deletes its data. */
    @Override
    public void close() throws IOException {
        stop();
        Directories.delete(home);
    }

    @Override
    public String toString() {
        return name;
    }

    private void awaitServing() {
        try {
            awaitServing(address("LISTENER_PORT"));
            awaitServing(address("QUERY_PORT"));
            Patience.eventually(this::broker);
        } catch (RuntimeException | AssertionError e) {
            throw new IllegalStateException("The system does not serve:\n" + told(), e);
        }
    }

    private void awaitServing(String address) {
        var channel = Channels.open(address);
        try {
            Patience.eventually(() -> {
                program.requireAlive();
                var status = HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus();
                if (status != SERVING) {
                    throw new AssertionError(address + " is " + status);
                }
            });
        } finally {
            channel.shutdownNow();
        }
    }

    private String address(String port) {
        return "127.0.0.1:" + settings.get(port);
    }

    private String broker() {
        return Optional.ofNullable(settings.get("AMQP_URL"))
                .or(() -> program.printed().stream()
                        .flatMap(line -> PRINTED_BROKER.matcher(line).results())
                        .map(MatchResult::group)
                        .findFirst())
                .orElseThrow(() -> new AssertionError("The system has not printed its broker"));
    }

    private Path data() {
        return home.resolve("data");
    }

    /** The end of what it has printed and of what it has logged. */
    private String told() {
        return program.told() + "\n" + Program.tail(log());
    }
}
