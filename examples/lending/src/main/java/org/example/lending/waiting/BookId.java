package org.example.lending.waiting;

import dev.quadrille.kernel.StreamId;
import java.util.UUID;

/** Which book; each has one line of readers who wait for it. */
public record BookId(UUID value) {

    public static final String CATEGORY = "lending.waiting";

    /** The stream of those who wait for the book. */
    public StreamId stream() {
        return new StreamId(CATEGORY, value.toString());
    }
}
