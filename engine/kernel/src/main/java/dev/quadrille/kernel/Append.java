package dev.quadrille.kernel;

import java.util.List;

/**
 * Events to add to one stream, on condition that it still is at the version that was decided on. With no events it is
 * the condition alone.
 *
 * @param events their versions follow {@code expectedVersion} without a gap
 */
public record Append(StreamId stream, long expectedVersion, List<EventEnvelope> events) {

    public Append {
        events = List.copyOf(events);
        var next = expectedVersion;
        for (var event : events) {
            next++;
            if (!event.stream().equals(stream) || event.version() != next) {
                throw new IllegalArgumentException("Expected version " + next + " of " + stream + ", not version "
                        + event.version() + " of " + event.stream());
            }
        }
    }
}
