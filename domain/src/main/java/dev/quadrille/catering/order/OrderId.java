package dev.quadrille.catering.order;

import dev.quadrille.kernel.StreamId;
import java.util.UUID;

/** Which order. */
public record OrderId(UUID value) {

    public static final String CATEGORY = "catering.order";

    /** The order's stream. */
    public StreamId stream() {
        return new StreamId(CATEGORY, value.toString());
    }
}
