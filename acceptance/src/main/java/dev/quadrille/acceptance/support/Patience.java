package dev.quadrille.acceptance.support;

import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How long anyone here waits for anything: long enough for a busy machine, as only failures use it up. */
public final class Patience {

    public static final Duration BUDGET = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Patience() {}

    /** Checks again and again until the check passes. When the budget is used up, the last failure stands. */
    public static void eventually(Runnable check) {
        var deadline = System.nanoTime() + BUDGET.toNanos();
        while (true) {
            try {
                check.run();
                return;
            } catch (AssertionError | StatusRuntimeException notYet) {
                if (System.nanoTime() - deadline > 0) {
                    throw notYet;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
