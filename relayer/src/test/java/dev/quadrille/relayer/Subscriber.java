package dev.quadrille.relayer;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.rabbitmq.EventMessages;
import dev.quadrille.rabbitmq.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Hears everything that comes on the one queue of a topology, in order, and acknowledges it. */
final class Subscriber implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EventMessages format;
    private final Connection connection;
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private final List<EventEnvelope> heard = new ArrayList<>();

    /** Declares the topology and subscribes to its queue. */
    Subscriber(String amqpUrl, Topology topology) throws Exception {
        format = new EventMessages(topology.partitions());
        var factory = new ConnectionFactory();
        factory.setUri(amqpUrl);
        factory.setAutomaticRecoveryEnabled(false);
        connection = factory.newConnection();
        var channel = connection.createChannel();
        topology.declare(channel);
        channel.basicConsume(
                topology.queues().getFirst().name(), true, (_, delivery) -> deliveries.add(delivery), _ -> {});
    }

    /** Listens until this many different events were heard: each where it was heard first. */
    List<EventEnvelope> awaitDifferent(int events) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var different = new LinkedHashSet<>(heard);
        while (different.size() < events) {
            var delivery = deliveries.poll(deadline - System.nanoTime(), NANOSECONDS);
            assertThat(delivery)
                    .as("event %d of %d", different.size() + 1, events)
                    .isNotNull();
            var event = format.read(delivery);
            heard.add(event);
            different.add(event);
        }
        return List.copyOf(different);
    }

    /** Everything heard so far, repeats as well. */
    List<EventEnvelope> heard() {
        return List.copyOf(heard);
    }

    /** Also when the broker has gone before. */
    @Override
    public void close() {
        connection.abort();
    }
}
