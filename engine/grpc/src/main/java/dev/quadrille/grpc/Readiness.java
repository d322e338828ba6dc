package dev.quadrille.grpc;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Keeps what a server tells of its health true to what it depends on, such as a broker that comes and goes. Asks twice a
 * second, and so also has the connection opened again before a call needs it.
 */
public final class Readiness implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final GrpcServer server;
    private final BooleanSupplier ready;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Readiness(GrpcServer server, BooleanSupplier ready) {
        this.server = server;
        this.ready = ready;
    }

    /**
     * Begins to ask; the server is NOT_SERVING until the first good answer.
     *
     * @param ready whether calls can be answered now; asked by one thread, may take its time, does not throw
     */
    public static Readiness watch(GrpcServer server, BooleanSupplier ready) {
        server.serving(false);
        var readiness = new Readiness(server, ready);
        Thread.ofVirtual().name("readiness").start(readiness::keepAsking);
        return readiness;
    }

    /** Asks no more; the last answer stands. Does not wait. */
    @Override
    public void close() {
        closed.countDown();
    }

    private void keepAsking() {
        try {
            do {
                server.serving(ready.getAsBoolean());
            } while (!closed.await(PAUSE.toNanos(), NANOSECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody knows this thread to interrupt it", e);
        }
    }
}
