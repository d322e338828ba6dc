package dev.quadrille.parking;

import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.MessageTypes;
import java.util.List;

/** The context as a service hosts it: its name, its aggregates and its language. */
public final class Parking {

    public static final String CONTEXT = "parking";

    private Parking() {}

    public static List<Aggregate<?, ?, ?>> aggregates() {
        return List.of(InterventionDecider.aggregate());
    }

    /** The stable names of everything this context stores and sends. */
    public static MessageTypes messageTypes() {
        return new MessageTypes()
                .register("parking.Replay.v1", InterventionCommand.Replay.class)
                .register("parking.Discard.v1", InterventionCommand.Discard.class)
                .register("parking.ReplayRequested.v1", InterventionEvent.ReplayRequested.class)
                .register("parking.DiscardRequested.v1", InterventionEvent.DiscardRequested.class);
    }
}
