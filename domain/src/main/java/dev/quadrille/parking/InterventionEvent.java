package dev.quadrille.parking;

import dev.quadrille.kernel.Event;
import java.util.UUID;

/** What operators have asked for: whoever holds the messages does it when hearing this. */
public sealed interface InterventionEvent extends Event {

    /** These messages are to be handled again. */
    record ReplayRequested(InterventionId interventionId, Selection selection) implements InterventionEvent {}

    /** This message is to be finished without effect, for this reason. */
    record DiscardRequested(InterventionId interventionId, UUID parkedId, String reason) implements InterventionEvent {}
}
