package dev.quadrille.rabbitmq;

import dev.quadrille.kernel.Handler;
import dev.quadrille.kernel.Parking;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumers of a service, on one connection: {@link #add} for each kind of queue, then {@link #start}, later {@link
 * #close}, all by one thread. They attach themselves again after every loss, for as long as they are not closed.
 *
 * <p>Order: messages of a queue are handled in the order of the queue, by one service at a time; one that is held or
 * tried again is overtaken by others, as its handler allows. Repetition: a message comes again when its
 * acknowledgement was lost.
 */
public final class Consumers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Consumers.class);
    private static final Duration FINISH_WITHIN = Duration.ofSeconds(3);

    private final BrokerConnection connection;
    private final Parking parking;
    private final InstantSource clock;
    private final List<QueueConsumer<?>> consumers = new ArrayList<>();
    private final Map<String, ParkedLine<?>> lines = new HashMap<>();

    /**
     * Connects when they are started.
     *
     * @param parking where messages go that can't be read, or failed too often
     * @param clock tells when they were parked
     */
    public Consumers(BrokerSettings settings, Topology topology, Parking parking, InstantSource clock) {
        this.connection = new BrokerConnection(settings, "consumers", topology);
        this.parking = parking;
        this.clock = clock;
    }

    /**
     * Adds a consumer for each of these queues, each with a thread of its own.
     *
     * @param handler called by all of them, for each queue by one thread at a time
     */
    public <M> Consumers add(List<String> queues, MessageFormat<M> format, Handler<M> handler) {
        for (var queue : queues) {
            consumers.add(new QueueConsumer<>(connection, queue, format, handler, parking, clock));
        }
        return addParked(queues, format, handler);
    }

    /**
     * Adds what these queues have parked to what is replayed, without consuming them: another process does.
     *
     * @param handler called by whoever replays
     */
    public <M> Consumers addParked(List<String> queues, MessageFormat<M> format, Handler<M> handler) {
        for (var queue : queues) {
            lines.put(queue, new ParkedLine<>(format, handler, parking));
        }
        return this;
    }

    /** Has the messages that these consumers have parked, and those added as parked, handled again, or discarded. */
    public Replayer replayer() {
        return new Replayer(parking, lines);
    }

    /** Begins to consume; returns at once, also when the broker is away. */
    public void start() {
        consumers.forEach(QueueConsumer::start);
    }

    /** Whether all are attached to their queues now. Any thread may ask. */
    public boolean attached() {
        return consumers.stream().allMatch(QueueConsumer::attached);
    }

    /** Waits until each has been seen attached; false when the patience ends before. */
    public boolean awaitAttached(Duration patience) throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        for (var consumer : consumers) {
            if (!consumer.awaitAttached(until(deadline))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Takes no more messages, gives all batches in hand together 3 s to be finished and acknowledged, and disconnects.
     * What is left comes again.
     */
    @Override
    public void close() {
        consumers.forEach(QueueConsumer::stop);
        var deadline = System.nanoTime() + FINISH_WITHIN.toNanos();
        try {
            for (var consumer : consumers) {
                if (!consumer.awaitEnd(until(deadline))) {
                    log.warn("{} is left with a batch unfinished; it will come again", consumer.queue());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }

    private static Duration until(long deadline) {
        return Duration.ofNanos(deadline - System.nanoTime());
    }
}
