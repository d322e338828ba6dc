package dev.quadrille.kernel.process;

import dev.quadrille.kernel.StreamId;
import java.util.UUID;

/** Which instance of which process manager ever: all are streams of one category. */
public record ProcessId(UUID value) {

    public static final String CATEGORY = "process.instance";

    /** The instance's stream: its steps. */
    public StreamId stream() {
        return new StreamId(CATEGORY, value.toString());
    }
}
