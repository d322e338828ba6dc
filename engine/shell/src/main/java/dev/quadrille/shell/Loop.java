package dev.quadrille.shell;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.quadrille.kernel.Unavailable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again on a thread of its own until it is closed, whatever goes wrong with it. */
public final class Loop implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Loop.class);
    private static final Duration FINISH_WITHIN = Duration.ofSeconds(3);

    private final String name;
    private final Duration pause;
    private final BooleanSupplier step;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private boolean away;

    private Loop(String name, Duration pause, BooleanSupplier step) {
        this.name = name;
        this.pause = pause;
        this.step = step;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    /**
     * Begins at once.
     *
     * @param name for logs
     * @param pause between two steps
     * @param step answers whether there is more to do at once; may throw {@link Unavailable} when a server is away
     */
    public static Loop start(String name, Duration pause, BooleanSupplier step) {
        var loop = new Loop(name, pause, step);
        loop.thread.start();
        return loop;
    }

    private void run() {
        try {
            while (!closing.await(goOn() ? 0 : pause.toNanos(), NANOSECONDS)) {
                // The condition does the work.
            }
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody knows this thread to interrupt it", e);
        }
    }

    private boolean goOn() {
        try {
            var more = step.getAsBoolean();
            if (away) {
                log.info("{} goes on", name);
                away = false;
            }
            return more;
        } catch (Unavailable reason) {
            if (!away) {
                log.warn("{} waits and keeps trying: {}", name, reason.getMessage());
                away = true;
            }
        } catch (RuntimeException fault) {
            log.error("{} tries again after a fault", name, fault);
        }
        return false;
    }

    /** Lets the step in hand end. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!thread.join(FINISH_WITHIN)) {
                log.warn("{} left in the middle of a step", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
