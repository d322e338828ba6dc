package dev.quadrille.acceptance;

import static java.util.Objects.requireNonNull;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.quadrille.acceptance.support.Addresses;
import dev.quadrille.acceptance.support.CloudEvent;
import dev.quadrille.acceptance.support.Program;
import dev.quadrille.acceptance.support.SystemUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The services, with Billing, Reports and the processes each in a process of the operating system of its own, on servers of the
 * test's own; and every event and every command is on the bus twice.
 */
final class ContextsApart implements SystemUnderTest, AutoCloseable {

    private static final List<String> APART = List.of("billing", "reports", "process", "financing,catering,demo");

    /** Where what they print stays. */
    private static final Path TOLD = Path.of("target/contexts-apart");

    private final Map<String, Program> programs = new LinkedHashMap<>();
    private final OwnServers servers;
    private final Addresses addresses;
    private final Set<String> repeated = ConcurrentHashMap.newKeySet();
    private @Nullable Connection connection;

    private ContextsApart(OwnServers servers) throws IOException {
        this.servers = servers;
        this.addresses = new Addresses(
                "127.0.0.1:" + OwnServers.freePort(), "127.0.0.1:" + OwnServers.freePort(), servers.brokerUrl());
    }

    /** Starts them; returns when all are up. */
    static ContextsApart start() throws Exception {
        var system = new ContextsApart(OwnServers.withTheBestBroker());
        try {
            for (var service : List.of("listener", "relayer", "projections")) {
                system.run(service, "");
            }
            for (var contexts : APART) {
                system.run("domain", contexts);
            }
            system.programs.forEach((name, program) -> program.awaitUp(name.substring(0, name.indexOf(' '))));
            system.repeatEverything();
            return system;
        } catch (Exception | AssertionError e) {
            system.close();
            throw e;
        }
    }

    private void run(String service, String contexts) throws IOException {
        var settings = new HashMap<>(servers.settings());
        settings.putAll(Map.of(
                "BIND_ADDRESS",
                "127.0.0.1",
                "LISTENER_PORT",
                ServicesApart.port(addresses.listener()),
                "QUERY_PORT",
                ServicesApart.port(addresses.query()),
                "METRICS_PORT",
                Integer.toString(OwnServers.freePort()),
                "PARTITIONS",
                Integer.toString(CloudEvent.PARTITIONS),
                "VOIDING_ANSWER_WITHIN",
                "8s",
                "CONTEXTS",
                contexts));
        var name = service + " " + contexts;
        var printed = Files.createDirectories(TOLD).resolve(name.strip() + ".log");
        Files.deleteIfExists(printed);
        programs.put(name, new Program(ServicesApart.QUICK_START, List.of(service), settings, printed));
    }

    private void repeatEverything() throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(servers.brokerUrl());
        connection = factory.newConnection();
        var channel = connection.createChannel();
        repeat(channel, "events", List.of("#"));
        repeat(
                channel,
                "commands",
                APART.stream()
                        .flatMap(contexts -> Stream.of(contexts.split(",")))
                        .flatMap(context -> IntStream.range(0, CloudEvent.PARTITIONS)
                                .mapToObj(partition -> context + "." + partition))
                        .toList());
    }

    /** Publishes everything once more that it hears, as it came. */
    private void repeat(Channel channel, String exchange, List<String> routingKeys) throws IOException {
        var queue = channel.queueDeclare().getQueue();
        for (var routingKey : routingKeys) {
            channel.queueBind(queue, exchange, routingKey);
        }
        channel.basicConsume(
                queue,
                true,
                (_, message) -> {
                    if (repeated.add(message.getProperties().getMessageId())) {
                        channel.basicPublish(
                                exchange,
                                message.getEnvelope().getRoutingKey(),
                                message.getProperties(),
                                message.getBody());
                    }
                },
                _ -> {});
    }

    @Override
    public Addresses addresses() {
        return addresses;
    }

    OwnServers servers() {
        return servers;
    }

    /** Whether a message has come once more. */
    boolean hasRepeated(UUID message) {
        return repeated.contains(message.toString());
    }

    /** How many, while Reports is away. */
    long commandsWaitingForReports() {
        try (var channel = requireNonNull(connection).createChannel()) {
            var waiting = 0L;
            for (var partition = 0; partition < CloudEvent.PARTITIONS; partition++) {
                waiting += channel.messageCount("commands.reports." + partition);
            }
            return waiting;
        } catch (IOException | TimeoutException e) {
            throw new AssertionError("The broker does not tell", e);
        }
    }

    Program reports() {
        return requireNonNull(programs.get("domain reports"));
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.abort();
        }
        programs.values().forEach(Program::kill);
        servers.close();
    }
}
