package dev.quadrille.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until a test moves it. Safe to share between threads. */
public final class HeldClock implements InstantSource {

    private Instant now;

    public HeldClock(Instant now) {
        this.now = now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /**
     * Lets this much time pass.
     *
     * @throws IllegalArgumentException if that would turn the clock back
     */
    public synchronized void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("A clock advances, it is not turned back by " + by.negated());
        }
        now = now.plus(by);
    }
}
