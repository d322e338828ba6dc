package dev.quadrille.parking;

import dev.quadrille.kernel.StreamId;
import java.util.UUID;

/** Which intervention. */
public record InterventionId(UUID value) {

    public static final String CATEGORY = "parking.intervention";

    /** The intervention's stream. */
    public StreamId stream() {
        return new StreamId(CATEGORY, value.toString());
    }
}
