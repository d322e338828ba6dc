package dev.quadrille.shell;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Keeps what a service tells of its health true to what it depends on, such as a broker that comes and goes. Asks twice a
 * second, and so also has the connection opened again before a call needs it.
 */
public final class Readiness implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final BooleanSupplier ready;
    private final Consumer<Boolean> tell;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Readiness(BooleanSupplier ready, Consumer<Boolean> tell) {
        this.ready = ready;
        this.tell = tell;
    }

    /**
     * Begins to ask; the service is not ready until the first good answer.
     *
     * @param ready whether it can do its work now; asked by one thread, may take its time, does not throw
     * @param tell is told every answer
     */
    public static Readiness watch(BooleanSupplier ready, Consumer<Boolean> tell) {
        tell.accept(false);
        var readiness = new Readiness(ready, tell);
        Thread.ofVirtual().name("readiness").start(readiness::keepAsking);
        return readiness;
    }

    /** Asks no more, and tells that the service is not ready. Does not wait. */
    @Override
    public void close() {
        closed.countDown();
    }

    private void keepAsking() {
        try {
            do {
                tell.accept(ready.getAsBoolean());
            } while (!closed.await(PAUSE.toNanos(), NANOSECONDS));
            tell.accept(false);
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody knows this thread to interrupt it", e);
        }
    }
}
