package dev.quadrille.rabbitmq;

import dev.quadrille.kernel.Unavailable;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Tries again what will pass once the other side has noticed something that it tells nobody. */
final class Eventually {

    private static final Duration BETWEEN = Duration.ofMillis(20);

    private Eventually() {}

    static void passes(Runnable attempt) {
        var deadline = System.nanoTime() + TestContext.PATIENCE.toNanos();
        while (true) {
            try {
                attempt.run();
                return;
            } catch (Unavailable | AssertionError notYet) {
                if (deadline - System.nanoTime() <= 0) {
                    throw notYet;
                }
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        }
    }
}
