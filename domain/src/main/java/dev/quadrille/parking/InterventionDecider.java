package dev.quadrille.parking;

import static dev.quadrille.kernel.Decision.accept;
import static dev.quadrille.kernel.Decision.alreadyTrue;

import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Decider;
import dev.quadrille.kernel.Decision;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.parking.InterventionCommand.Discard;
import dev.quadrille.parking.InterventionCommand.Replay;
import dev.quadrille.parking.InterventionEvent.DiscardRequested;
import dev.quadrille.parking.InterventionEvent.ReplayRequested;
import java.util.Set;

/** An intervention is asked for once. */
public final class InterventionDecider implements Decider<InterventionCommand, Boolean, InterventionEvent> {

    private InterventionDecider() {}

    /** Interventions as the handler hosts them. */
    public static Aggregate<InterventionCommand, ?, InterventionEvent> aggregate() {
        return new Aggregate<>(
                InterventionId.CATEGORY, InterventionCommand.class, InterventionEvent.class, new InterventionDecider());
    }

    /** Whether it has been asked for. */
    @Override
    public Boolean initial() {
        return false;
    }

    @Override
    public Boolean evolve(Boolean asked, InterventionEvent event) {
        if (asked) {
            throw new IllegalStateException(event + " can't follow on another");
        }
        return true;
    }

    @Override
    public Decision<InterventionEvent> decide(Boolean asked, InterventionCommand command, Set<StreamId> existing) {
        if (asked) {
            return alreadyTrue();
        }
        return accept(
                switch (command) {
                    case Replay(var id, var selection) -> new ReplayRequested(id, selection);
                    case Discard(var id, var parkedId, var reason) -> new DiscardRequested(id, parkedId, reason);
                });
    }
}
