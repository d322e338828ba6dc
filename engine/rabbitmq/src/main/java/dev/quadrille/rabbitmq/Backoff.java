package dev.quadrille.rabbitmq;

import java.time.Duration;

/** Pauses that double from 100 ms to a longest one until things go well again. For one thread at a time. */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(100);

    private final Duration longest;
    private Duration next = FIRST;

    Backoff(Duration longest) {
        this.longest = longest;
    }

    Duration next() {
        var pause = next;
        var doubled = pause.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
        return pause;
    }

    void reset() {
        next = FIRST;
    }
}
