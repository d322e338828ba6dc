package dev.quadrille.testkit;

import dev.quadrille.kernel.Handler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/** A handler that remembers what it has handled, for a test to wait for. Safe to share between threads. */
public class RecordingHandler<M, T> implements Handler<M> {

    private final Function<M, T> what;
    private final Duration patience;
    private final List<T> handled = new ArrayList<>();

    /**
     * A handler that has handled nothing.
     *
     * @param what is remembered of a message
     * @param patience how long is waited
     */
    public RecordingHandler(Function<M, T> what, Duration patience) {
        this.what = what;
        this.patience = patience;
    }

    @Override
    public final Handled<M> handle(List<M> batch) {
        batch.forEach(this::record);
        return Handled.nothing();
    }

    /** Remembers a message that another handler has handled. */
    public final synchronized void record(M message) {
        handled.add(what.apply(message));
        notifyAll();
    }

    /** All that was handled, in order, repeats as well. */
    public final synchronized List<T> handled() {
        return List.copyOf(handled);
    }

    /**
     * What was handled, each in the place where it came first, once there are so many.
     *
     * @throws AssertionError if there are not, when the patience has ended
     */
    public final List<T> awaitFirst(int count) throws InterruptedException {
        return await(seen -> new LinkedHashSet<>(seen).size() >= count).stream()
                .distinct()
                .toList();
    }

    /**
     * What was handled, repeats as well, once it is so much.
     *
     * @throws AssertionError if it is not, when the patience has ended
     */
    public final List<T> await(int count) throws InterruptedException {
        return await(seen -> seen.size() >= count);
    }

    private synchronized List<T> await(Predicate<List<T>> reached) throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        while (!reached.test(handled)) {
            if (deadline - System.nanoTime() <= 0) {
                throw new AssertionError("Not reached within %s: %s".formatted(patience, handled));
            }
            TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
        }
        return List.copyOf(handled);
    }
}
