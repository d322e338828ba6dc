package dev.quadrille.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** When a deadline is due. One that is over already is due at once. */
public sealed interface Moment {

    /**
     * The moment itself, to the microsecond, rounded up: never early.
     *
     * @param recordedAt when the event that schedules it was recorded
     */
    Instant from(Instant recordedAt);

    /** At this time. */
    record At(Instant time) implements Moment {
        @Override
        public Instant from(Instant recordedAt) {
            var micros = time.truncatedTo(ChronoUnit.MICROS);
            return micros.equals(time) ? micros : micros.plus(1, ChronoUnit.MICROS);
        }
    }

    /** This long after it was scheduled. */
    record After(Duration delay) implements Moment {

        /** @throws IllegalArgumentException if the delay is negative */
        public After {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("A deadline can't be " + delay + " away; use 0 for at once");
            }
        }

        @Override
        public Instant from(Instant recordedAt) {
            return new At(recordedAt.plus(delay)).from(recordedAt);
        }
    }
}
