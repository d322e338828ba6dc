package dev.quadrille.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Decides everything in a simulation that a program has no say in. By default all goes well and in turn. */
interface Fate {

    /** Everything goes well. */
    Fate CALM = new Fate() {};

    /** What happens at a boundary that is about to be crossed or has been. */
    default Optional<Fault> fault() {
        return Optional.empty();
    }

    /** Who is next. */
    default <T> T oneOf(List<T> those) {
        return those.getFirst();
    }

    /** How much of something is there by now: 1 … max. */
    default int upTo(int max) {
        return max;
    }

    /** Whether a client does again what it did before, or the clock jumps. */
    default boolean whim() {
        return false;
    }

    /** What the clock is changed by before it is read. */
    default Duration drift() {
        return Duration.ZERO;
    }
}
