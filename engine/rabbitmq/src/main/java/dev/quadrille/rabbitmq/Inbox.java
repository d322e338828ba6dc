package dev.quadrille.rabbitmq;

import com.rabbitmq.client.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What a channel has delivered and its consumer has not taken, and the one place where a consumer waits, so that the
 * end of the channel or of the consumer wakes it. Bounded by the prefetch count. Filled by the connection's threads,
 * emptied by one.
 */
final class Inbox {

    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Delivery> deliveries = new ArrayList<>();
    private boolean ended;

    void put(Delivery delivery) {
        change(() -> deliveries.add(delivery));
    }

    /** Nothing more is to be taken. */
    void end() {
        change(() -> ended = true);
    }

    /**
     * Hands over all that is there, in order.
     *
     * @return false once it has ended; what is left then, the broker delivers again
     */
    boolean drainTo(Consumer<Delivery> taker) {
        lock.lock();
        try {
            if (!ended) {
                deliveries.forEach(taker);
                deliveries.clear();
            }
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something to take, or the end. */
    void await() throws InterruptedException {
        await(FOREVER);
    }

    /** Waits until there is something to take, the end, or the end of the patience. */
    void await(Duration patience) throws InterruptedException {
        waitFor(() -> ended || !deliveries.isEmpty(), patience);
    }

    /** Waits this long, whatever is delivered meanwhile, or until the end. */
    void pause(Duration pause) throws InterruptedException {
        waitFor(() -> ended, pause);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void waitFor(BooleanSupplier reached, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            var left = patience.toNanos();
            while (left > 0 && !reached.getAsBoolean()) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
