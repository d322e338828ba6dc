package dev.quadrille.kernel.process;

import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.Moment;
import java.time.Duration;
import java.time.Instant;

/** What a process does about an input. */
public sealed interface Effect {

    /** Issues a command, of a type that the routes declare. Its id is derived from the step and its place in it. */
    record Execute(Command command) implements Effect {}

    /** Schedules a deadline, of a type that the routes declare, beside those that are scheduled already. */
    record Schedule(Deadline deadline, Moment due) implements Effect {

        /** A deadline at this time; one that is over is due at once. */
        public static Schedule at(Instant time, Deadline deadline) {
            return new Schedule(deadline, new Moment.At(time));
        }

        /** A deadline this long after the step. */
        public static Schedule after(Duration delay, Deadline deadline) {
            return new Schedule(deadline, new Moment.After(delay));
        }
    }

    /**
     * Ends the instance for ever: what comes later is ignored, its deadlines are dropped. Commands before it are issued; only
     * another end may come behind it, which does nothing.
     */
    record End() implements Effect {}
}
