package dev.quadrille.kernel.process;

import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventRef;
import dev.quadrille.kernel.Linking;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.process.Input.Happened;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What an instance of a process manager is asked. */
public sealed interface ProcessCommand extends Command {

    ProcessId processId();

    @Override
    default StreamId stream() {
        return processId().stream();
    }

    /**
     * Tells it of an event; again, or behind its end, nothing happens.
     *
     * @param process the key of the process manager
     */
    record HandleEvent(ProcessId processId, UUID process, Happened input) implements ProcessCommand, Linking {
        @Override
        public Set<EventRef> links() {
            return Set.of(input.ref());
        }

        @Override
        public HandleEvent linked(Map<EventRef, Event> linked) {
            return new HandleEvent(processId, process, Links.follow(input, linked));
        }
    }

    /**
     * Tells it that a deadline has passed; again, or behind its end, nothing happens.
     *
     * @param step which of its steps scheduled it
     * @param index which of that step's deadlines it is
     */
    record ReachDeadline(ProcessId processId, long step, int index, Instant scheduledFor) implements ProcessCommand {}

    /** A person takes note that it has failed. */
    record AcknowledgeProcessFailure(ProcessId processId) implements ProcessCommand {}

    /** A person wants it to ask once more for what it waits for. */
    record RetryNow(ProcessId processId) implements ProcessCommand {}
}
