package dev.quadrille.kernel;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as it stands in its stream and travels on the bus.
 *
 * @param version its place in the stream: 1, 2, 3 … without gaps
 * @param recordedAt when it was decided, by the handler's clock; not monotonic between streams
 */
public record EventEnvelope(
        UUID id, StreamId stream, long version, Instant recordedAt, Lineage lineage, Message message) {

    public EventEnvelope {
        if (version < 1) {
            throw new IllegalArgumentException("An event's version is 1 or more, not " + version + " (" + stream + ")");
        }
    }

    /** How another stream refers to it. */
    public EventRef ref() {
        return new EventRef(id, stream, version);
    }
}
