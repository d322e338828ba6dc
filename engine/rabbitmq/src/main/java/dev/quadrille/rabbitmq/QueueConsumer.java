package dev.quadrille.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.ShutdownSignalException;
import dev.quadrille.kernel.Handler;
import dev.quadrille.kernel.Parking;
import dev.quadrille.kernel.Parking.Failure;
import dev.quadrille.kernel.Parking.Parked;
import dev.quadrille.kernel.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages from one queue, on a thread and a channel of its own, and hands them to a handler in batches as large
 * as what has been delivered meanwhile: none waits for a batch to fill. A message is acknowledged once it is handled or
 * parked; what is in hand when the channel is lost, or closed, comes again in order. Nothing is ever sent back to an
 * ordered queue by itself.
 *
 * <p>Runs until it is closed, whatever becomes of the broker, the handler's servers, or the handler.
 */
final class QueueConsumer<M> {

    private static final Logger log = LoggerFactory.getLogger(QueueConsumer.class);

    /** How many messages may be in hand, which also bounds a batch. */
    private static final int PREFETCH = 256;

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** Asks for a channel more often than the connection tries to connect, which is the one that spares the broker. */
    private static final Duration LONGEST_DETACHED = Duration.ofSeconds(1);

    /** The least time between two tries of held messages, however fast others arrive. */
    private static final Duration BREATH = Duration.ofMillis(20);

    private final BrokerConnection connection;
    private final String queue;
    private final MessageFormat<M> format;
    private final Handler<M> handler;
    private final Parking parking;
    private final InstantSource clock;
    private final Outage detached;
    private final Outage standstill;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Inbox inbox = new Inbox();
    private boolean attached;

    QueueConsumer(
            BrokerConnection connection,
            String queue,
            MessageFormat<M> format,
            Handler<M> handler,
            Parking parking,
            InstantSource clock) {
        this.connection = connection;
        this.queue = queue;
        this.format = format;
        this.handler = handler;
        this.parking = parking;
        this.clock = clock;
        this.detached = new Outage(log, "The channel of " + queue);
        this.standstill = new Outage(log, "The handler of " + queue);
        // Not a virtual one: with a backlog it is busy for long, and calls would wait for it to give way.
        this.thread = Thread.ofPlatform().daemon().name(queue).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    String queue() {
        return queue;
    }

    /** Whether the broker counts this consumer among those of its queue; it may be another's turn to be active. */
    synchronized boolean attached() {
        return attached;
    }

    /**
     * Takes nothing more; returns at once. What has been delivered beyond the batch in hand is given back, in order, by
     * closing the channel. Canceling the consumer first would let the next one overtake what is in hand.
     */
    void stop() {
        closing.countDown();
        inbox.end();
    }

    /** Waits for the batch in hand after a {@link #stop}; false when the patience ends before. */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return thread.getState() == Thread.State.NEW || thread.join(patience);
    }

    synchronized boolean awaitAttached(Duration patience) throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        while (!attached && end - System.nanoTime() > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
        }
        return attached;
    }

    private synchronized void setAttached(boolean now) {
        attached = now;
        notifyAll();
    }

    private void run() {
        var backoff = new Backoff(LONGEST_DETACHED);
        try {
            do {
                attach(backoff);
            } while (!closing.await(backoff.next().toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody knows this thread to interrupt it", e);
        }
    }

    /** Returns when the channel is lost, can't be had, or is no longer wanted. */
    private void attach(Backoff backoff) throws InterruptedException {
        try {
            var channel = connection.openChannel();
            try {
                consume(channel, backoff);
            } finally {
                setAttached(false);
                channel.abort();
            }
        } catch (Unavailable | IOException | ShutdownSignalException e) {
            if (connection.isOpen()) {
                detached.lasts(e);
            }
        } catch (RuntimeException | Error e) {
            log.error("{} begins again after a fault", queue, e);
        }
    }

    private void consume(Channel channel, Backoff backoff) throws IOException, InterruptedException {
        var fresh = new Inbox();
        inbox = fresh;
        if (closing.getCount() == 0) {
            return;
        }
        channel.addShutdownListener(signal -> {
            fresh.end();
            if (!signal.isHardError() && !signal.isInitiatedByApplication()) {
                log.warn("{} has lost its channel: {}", queue, Failures.describe(signal));
            }
        });
        channel.basicQos(PREFETCH);
        channel.basicConsume(queue, false, (_, delivery) -> fresh.put(delivery), _ -> fresh.end());
        detached.over();
        setAttached(true);
        work(channel, fresh, backoff);
    }

    private void work(Channel channel, Inbox inbox, Backoff backoff) throws IOException, InterruptedException {
        var load = new Workload<>(format, handler, new Aside());
        var away = new Backoff(LONGEST_PAUSE);
        var held = new Backoff(LONGEST_PAUSE);
        inbox.await();
        while (inbox.drainTo(load::add)) {
            try {
                var round = load.round();
                acknowledge(channel, round.finished(), load.firstOpen());
                standstill.over();
                away.reset();
                if (!round.finished().isEmpty()) {
                    backoff.reset();
                    held.reset();
                }
                switch (round.pace()) {
                    case AT_ONCE -> {}
                    case WHEN_DELIVERED -> inbox.await();
                    case AFTER_FAILURE -> inbox.pause(BETWEEN_ATTEMPTS);
                    case WHILE_HELD -> {
                        inbox.pause(BREATH);
                        inbox.await(held.next());
                    }
                }
            } catch (Unavailable e) {
                standstill.lasts(e);
                inbox.pause(away.next());
            }
        }
    }

    private void acknowledge(Channel channel, List<Long> finished, long firstOpen) throws IOException {
        var beginning = finished.stream().filter(tag -> tag < firstOpen).toList();
        if (!beginning.isEmpty()) {
            channel.basicAck(beginning.getLast(), true);
        }
        for (var tag : finished.subList(beginning.size(), finished.size())) {
            channel.basicAck(tag, false);
        }
    }

    /** Where this queue's messages are parked. */
    private final class Aside implements Workload.Parker {

        @Override
        public void park(Delivery delivery, int attempts, RuntimeException reason) {
            var parked = parked(delivery, ParkedDelivery.failure(queue, format.type(delivery), attempts, reason));
            stored(() -> {
                parking.park(parked);
                return true;
            });
            log.warn(
                    "{}: message {} is parked after {} attempts: {}",
                    queue,
                    parked.messageId(),
                    attempts,
                    parked.failure().reason());
        }

        @Override
        public boolean parkBehind(Delivery delivery) {
            return stored(() -> parking.parkBehind(parked(delivery, Failure.BEHIND)));
        }

        @Override
        public Set<String> closedKeys() {
            return stored(() -> parking.closedKeys(queue));
        }

        private Parked parked(Delivery delivery, Failure failure) {
            return ParkedDelivery.of(
                    queue, delivery, format.key(delivery), format.type(delivery), failure, clock.instant());
        }

        /** What can't be parked is kept, whatever the reason. */
        private <T> T stored(Supplier<T> call) {
            try {
                return call.get();
            } catch (Unavailable away) {
                throw away;
            } catch (RuntimeException e) {
                throw Failures.unavailable("A message can't be parked", e);
            }
        }
    }
}
