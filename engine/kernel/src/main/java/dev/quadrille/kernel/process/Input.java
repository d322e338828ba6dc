package dev.quadrille.kernel.process;

import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventRef;
import dev.quadrille.kernel.UnreadableMessage;
import java.time.Instant;

/** What a process handles, one step for each. */
public sealed interface Input {

    /**
     * Something happened. Stored as the reference alone; whoever reads the step finds the event where it stands.
     *
     * @param ref the event's id and place
     * @param type its stable name
     * @param event what happened; {@link #event()} fails while it has only been referred to
     */
    record Happened(EventRef ref, String type, Event event) implements Input {

        private record NotRead() implements Event {}

        /** A reference to an event that is not read yet. */
        public static Happened referringTo(EventRef ref, String type) {
            return new Happened(ref, type, new NotRead());
        }

        /** @throws UnreadableMessage if the event could not be found or read */
        @Override
        public Event event() {
            if (event instanceof NotRead) {
                throw new UnreadableMessage(
                        "The event " + ref + " of type " + type + " is not stored, or can't be read");
            }
            return event;
        }
    }

    /**
     * A deadline has passed, now or a while ago.
     *
     * @param step which of the instance's steps scheduled it: 1, 2, 3 …
     * @param index which of that step's deadlines it is: 0, 1, 2 …
     * @param scheduledFor when it was due, however late it is now
     */
    record DeadlineReached(long step, int index, Deadline deadline, Instant scheduledFor) implements Input {}

    /** What a person wants. */
    sealed interface Person extends Input {}

    /** A person takes note that it has failed. */
    record Acknowledged() implements Person {}

    /** A person wants it to ask once more for what it waits for. */
    record RetryRequested() implements Person {}
}
