package dev.quadrille.billing.document;

import dev.quadrille.kernel.StreamId;
import java.util.UUID;

/** Which document. */
public record DocumentId(UUID value) {

    public static final String CATEGORY = "billing.document";

    /** The document's stream. */
    public StreamId stream() {
        return new StreamId(CATEGORY, value.toString());
    }
}
