package dev.quadrille.queries;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.quadrille.kernel.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Waits for things to turn up in a database on behalf of many callers, with one look for all of them. It looks again and
 * again while someone waits, and not at all otherwise. Safe to use from any thread.
 *
 * @param <K> what is waited for
 * @param <V> what turns up
 */
public final class Lookout<K, V> implements AutoCloseable {

    private final Function<Set<K>, Map<K, V>> look;
    private final long atMostEvery;
    private final long atLeastEvery;
    private final Set<Waiter<K, V>> waiters = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean nudged;
    private boolean closed;

    /** Compared by identity: two may wait for the same. */
    private static final class Waiter<K, V> {
        private final K key;
        private final CompletableFuture<V> found = new CompletableFuture<>();

        Waiter(K key) {
            this.key = key;
        }
    }

    /**
     * Starts watching.
     *
     * @param name of its thread
     * @param look finds those of the keys that are there; if it throws, all who wait get what it threw
     * @param atMostEvery the shortest pause between two looks, however often it is nudged
     * @param atLeastEvery the longest pause between two looks
     */
    public Lookout(String name, Function<Set<K>, Map<K, V>> look, Duration atMostEvery, Duration atLeastEvery) {
        this.look = look;
        this.atMostEvery = atMostEvery.toNanos();
        this.atLeastEvery = atLeastEvery.toNanos();
        Thread.ofVirtual().name(name).start(this::keepLooking);
    }

    /**
     * Waits for one thing. Whoever no longer wants it cancels the future.
     *
     * @return ends with what turned up, or with {@link Unavailable} when the look failed or this was closed
     */
    public CompletableFuture<V> find(K key) {
        var waiter = new Waiter<K, V>(key);
        lock.lock();
        try {
            if (closed) {
                waiter.found.completeExceptionally(stopping());
            } else {
                waiters.add(waiter);
                nudge();
            }
        } finally {
            lock.unlock();
        }
        return waiter.found;
    }

    /** Has it look soon, because something may have turned up. */
    public void nudge() {
        lock.lock();
        try {
            nudged = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting, now and from now on. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void keepLooking() {
        var last = System.nanoTime() - atLeastEvery;
        while (awaitTurn(last)) {
            last = System.nanoTime();
            waiters.removeIf(waiter -> waiter.found.isDone());
            if (!waiters.isEmpty()) {
                lookFor(List.copyOf(waiters));
            }
        }
        waiters.forEach(waiter -> waiter.found.completeExceptionally(stopping()));
    }

    /** Returns false once this is closed. */
    private boolean awaitTurn(long last) {
        lock.lock();
        try {
            while (!closed) {
                var left = (nudged ? atMostEvery : atLeastEvery) - (System.nanoTime() - last);
                if (waiters.isEmpty()) {
                    changed.await();
                } else if (left > 0) {
                    changed.awaitNanos(left);
                } else {
                    nudged = false;
                    return true;
                }
            }
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody knows this thread to interrupt it", e);
        } finally {
            lock.unlock();
        }
    }

    private void lookFor(List<Waiter<K, V>> asking) {
        try {
            var found = look.apply(asking.stream().map(waiter -> waiter.key).collect(toUnmodifiableSet()));
            for (var waiter : asking) {
                var value = found.get(waiter.key);
                if (value != null) {
                    waiter.found.complete(value);
                }
            }
        } catch (RuntimeException failure) {
            asking.forEach(waiter -> waiter.found.completeExceptionally(failure));
        }
    }

    private static Unavailable stopping() {
        return new Unavailable("The service is stopping", null);
    }
}
