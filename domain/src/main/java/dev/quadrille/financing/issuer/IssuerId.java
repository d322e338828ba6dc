package dev.quadrille.financing.issuer;

import dev.quadrille.kernel.StreamId;
import java.util.UUID;

/** Which issuer. */
public record IssuerId(UUID value) {

    public static final String CATEGORY = "financing.issuer";

    /** The issuer's stream. */
    public StreamId stream() {
        return new StreamId(CATEGORY, value.toString());
    }
}
