package dev.quadrille.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Handler;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.Parking;
import dev.quadrille.kernel.Parking.Parked;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.testkit.InMemoryStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * A bounded context of a name of its own on a broker, with everything that a test makes for it: closed, and its queues
 * deleted, at the end. Publishers and consumers reach the broker through a {@link Wire}.
 */
final class TestContext implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123456Z");
    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Lineage LINEAGE = new Lineage(
            UUID.fromString("0199a1b2-0000-7000-8000-00000000000a"),
            UUID.fromString("0199a1b2-0000-7000-8000-00000000000b"),
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    final String name = "t" + UUID.randomUUID().toString().replace("-", "");
    final Partitions partitions = new Partitions(2);
    final CommandMessages commandMessages = new CommandMessages(partitions);
    final EventMessages eventMessages = new EventMessages(partitions);
    final Topology topology;
    final Wire wire;
    final BrokerSettings settings;
    final InMemoryStore parking = new InMemoryStore();
    private final Connection direct;
    private final Deque<Runnable> open = new ArrayDeque<>();

    TestContext(String brokerUrl) throws Exception {
        this(brokerUrl, QueueType.CLASSIC);
    }

    TestContext(String brokerUrl, QueueType queueType) throws Exception {
        topology = Topology.over(partitions, queueType)
                .commands(name)
                .policies(name, name)
                .events("everything-" + name, "#")
                .events("listeners." + name, name + ".#")
                .integration(name, name + ".*");
        wire = new Wire(brokerUrl);
        settings = BrokerSettings.of(wire.url(), name);
        var factory = new ConnectionFactory();
        factory.setUri(brokerUrl);
        factory.setAutomaticRecoveryEnabled(false);
        direct = factory.newConnection();
    }

    /** For what only a test does, and not through the wire. */
    Channel channel() throws Exception {
        return direct.createChannel();
    }

    boolean isOnRabbitMq() {
        return String.valueOf(direct.getServerProperties().get("product")).equals("RabbitMQ");
    }

    ConfirmedPublisher publisher() {
        return publisher(ConfirmedPublisher.MAX_UNCONFIRMED, PATIENCE);
    }

    ConfirmedPublisher publisher(int maxUnconfirmed, Duration confirmWithin) {
        var publisher = new ConfirmedPublisher(settings, topology, maxUnconfirmed, confirmWithin);
        open.push(publisher::close);
        return publisher;
    }

    RabbitCommandBus commandBus() {
        return new RabbitCommandBus(publisher(), commandMessages);
    }

    /** Consumers that park in {@link #parking}, not started. */
    Consumers consumers() {
        return consumers(parking);
    }

    Consumers consumers(Parking parking) {
        var consumers = new Consumers(settings, topology, parking, InstantSource.fixed(NOW));
        open.push(consumers::close);
        return consumers;
    }

    /** What is parked once there are so many. */
    List<Parked> awaitParked(int count) {
        Eventually.passes(() -> assertThat(parking.parked()).hasSize(count));
        return parking.parked();
    }

    /** Consumers of all commands of this context, attached. */
    Consumers consumeCommands(Handler<CommandEnvelope> handler) throws InterruptedException {
        return consume(commandQueues(), commandMessages, handler);
    }

    /** Consumers of these queues, attached. */
    <M> Consumers consume(List<String> queues, MessageFormat<M> format, Handler<M> handler)
            throws InterruptedException {
        var consumers = consumers().add(queues, format, handler);
        consumers.start();
        if (!consumers.awaitAttached(PATIENCE)) {
            throw new AssertionError("The consumers did not attach");
        }
        return consumers;
    }

    List<String> commandQueues() {
        return topology.queuesOf("commands." + name);
    }

    StreamId stream(String id) {
        return new StreamId(name + ".thing", id);
    }

    /** The n-th command of a stream. */
    CommandEnvelope command(String stream, int n) {
        return new CommandEnvelope(
                UUID.nameUUIDFromBytes((name + stream + n).getBytes(UTF_8)),
                null,
                stream(stream),
                NOW,
                LINEAGE,
                new Message(name + ".DoThing.v1", stream + n));
    }

    /** The first commands of a stream. */
    List<CommandEnvelope> commands(String stream, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> command(stream, n)).toList();
    }

    EventEnvelope event(String stream, int version) {
        return new EventEnvelope(
                UUID.nameUUIDFromBytes((name + stream + version).getBytes(UTF_8)),
                stream(stream),
                version,
                NOW,
                LINEAGE,
                new Message(name + ".ThingDone.v1", "{\"n\":" + version + "}"));
    }

    @Override
    public void close() throws IOException, TimeoutException {
        closeAll();
        deleteQueues();
    }

    /** All but the queues, for a broker that has gone. */
    void closeAll() throws IOException {
        wire.up();
        wire.flow();
        open.forEach(Runnable::run);
        wire.close();
    }

    private void deleteQueues() throws IOException, TimeoutException {
        for (var queue : topology.queues()) {
            try (var channel = direct.createChannel()) {
                channel.queueDelete(queue.name());
            } catch (IOException neverDeclared) {
                // RabbitMQ would not mind.
            }
        }
        direct.close();
    }
}
