package dev.quadrille.parking;

import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.StreamId;
import java.util.UUID;

/** What an operator can ask to be done with parked messages. */
public sealed interface InterventionCommand extends Command {

    InterventionId interventionId();

    @Override
    default StreamId stream() {
        return interventionId().stream();
    }

    /** Has messages handled again; asked again, nothing changes. */
    record Replay(InterventionId interventionId, Selection selection) implements InterventionCommand {}

    /** Has a message finished without effect; asked again, nothing changes. */
    record Discard(InterventionId interventionId, UUID parkedId, String reason) implements InterventionCommand {}
}
