package org.example.lending.copy;

import dev.quadrille.kernel.StreamId;
import java.util.UUID;

/** Which copy of a book. */
public record CopyId(UUID value) {

    public static final String CATEGORY = "lending.copy";

    /** The copy's stream. */
    public StreamId stream() {
        return new StreamId(CATEGORY, value.toString());
    }
}
