package dev.quadrille.kernel.process;

import dev.quadrille.kernel.process.Effect.Schedule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** How far an instance has come. */
sealed interface Instance {

    /** Nobody has asked it to do anything. */
    record NotBegun() implements Instance {}

    /**
     * It is at work.
     *
     * @param steps how many it has taken
     * @param handled the ids of the events that it has handled
     * @param scheduled the deadlines that it waits for
     */
    record Running<S>(ProcessManager<S> manager, S state, long steps, Set<UUID> handled, Map<Place, Schedule> scheduled)
            implements Instance {

        /** With one more step. */
        Running<S> after(ProcessStepTaken step) {
            var nowHandled = new HashSet<>(handled);
            var nowScheduled = new HashMap<>(scheduled);
            switch (step.input()) {
                case Input.Happened happened -> nowHandled.add(happened.ref().id());
                case Input.DeadlineReached reached -> nowScheduled.remove(new Place(reached.step(), reached.index()));
                case Input.Person _ -> {}
            }
            var index = 0;
            for (var deadline : step.deadlines()) {
                nowScheduled.put(new Place(steps + 1, index++), deadline);
            }
            return new Running<>(manager, manager.evolve(state, step.input()), steps + 1, nowHandled, nowScheduled);
        }
    }

    /** It has done all that it will ever do. */
    record Ended() implements Instance {}

    /** Which deadline: of which step, and which of that step's. */
    record Place(long step, int index) {}
}
