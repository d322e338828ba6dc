package dev.quadrille.kernel;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The streams of all aggregates. Safe to call from any thread; every call stands alone, no transaction stays open
 * between two.
 *
 * <p>Every call may throw {@link Unavailable}; whether a commit took place is then unknown, and the outcomes tell.
 */
public interface EventStore {

    /**
     * Reads several streams at once.
     *
     * @param after for each stream the version behind which to begin; 0 for the whole stream
     * @return for each stream asked for its events in version order; an empty list if there are none
     */
    Map<StreamId, List<EventEnvelope>> read(Map<StreamId, Long> after);

    /** Reads one stream from its beginning; an empty list if it does not exist. */
    default List<EventEnvelope> read(StreamId stream) {
        return read(Map.of(stream, 0L)).getOrDefault(stream, List.of());
    }

    /** Those of these events that are stored. One with the id of another, or in the place of another, is not. */
    Map<EventRef, EventEnvelope> stored(Set<EventRef> events);

    /** Those of these streams that have begun. */
    Set<StreamId> existing(Set<StreamId> streams);

    /**
     * Compares the version of every stream, appends the events, records the outcomes and changes the deadlines, atomically
     * and durably. A commit without appends and outcomes does nothing.
     *
     * @throws Conflict if a stream is not at its expected version, or a command id or request id has an outcome:
     *     nothing was written
     */
    void commit(Commit commit) throws Conflict;
}
