package dev.quadrille.postgres;

import dev.quadrille.kernel.EventBus;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.StreamVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** What a reader of the feed has seen: a bus that takes note of what is missing and of what comes late or again. */
final class Sightings implements EventBus {

    private final Map<StreamId, Long> reached = new HashMap<>();
    private final Set<StreamVersion> missing = new LinkedHashSet<>();
    private final List<StreamVersion> late = new ArrayList<>();
    private final List<StreamVersion> repeated = new ArrayList<>();
    private long seen;

    @Override
    public void publish(List<EventEnvelope> events) {
        seen += events.size();
        events.forEach(event -> see(event.stream(), event.version()));
    }

    private void see(StreamId stream, long version) {
        var event = new StreamVersion(stream, version);
        if (version > reached.getOrDefault(stream, 0L)) {
            missing.addAll(unseen(stream, version - 1));
            reached.put(stream, version);
        } else if (missing.remove(event)) {
            late.add(event);
        } else {
            repeated.add(event);
        }
    }

    /** Those behind the last one seen of this stream, up to this one. */
    private List<StreamVersion> unseen(StreamId stream, long last) {
        return LongStream.rangeClosed(reached.getOrDefault(stream, 0L) + 1, last)
                .mapToObj(version -> new StreamVersion(stream, version))
                .toList();
    }

    /** How many were seen, repeated ones as well. */
    long seen() {
        return seen;
    }

    /** Those that came after one of their successors in the stream. */
    List<StreamVersion> late() {
        return late;
    }

    /** Those that came again. */
    List<StreamVersion> repeated() {
        return repeated;
    }

    /** Those that have not come, of streams that have reached these versions. */
    List<StreamVersion> lost(Map<StreamId, Long> versions) {
        var lost = new ArrayList<>(missing);
        versions.forEach((stream, version) -> lost.addAll(unseen(stream, version)));
        return lost;
    }
}
