package dev.quadrille.kernel;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The deadlines that are not delivered yet: {@link EventStore#commit} stores them with the events that schedule them, and
 * drops those of a stream that has ended (P8). Safe to call from any thread.
 *
 * <p>Every call may throw {@link Unavailable}.
 */
public interface Deadlines {

    /**
     * A deadline.
     *
     * @param stream whose it is
     * @param version of the event that scheduled it
     * @param index which of that event's deadlines it is: 0, 1, 2 …
     * @param process the key of the process manager that waits for it
     * @param scheduledFor when it is due
     * @param lineage of what it causes
     */
    record Scheduled(StreamId stream, long version, int index, UUID process, Instant scheduledFor, Lineage lineage) {}

    /** What a commit changes. */
    sealed interface Change {

        /** Stores a deadline. */
        record Schedule(Scheduled deadline) implements Change {}

        /** Drops all that a stream has scheduled. It schedules none after this. */
        record Drop(StreamId stream) implements Change {}
    }

    /**
     * Deadlines that are due, the earliest first; equal ones of a stream in the order in which they were scheduled.
     *
     * @param now by the clock that recorded the events which scheduled them
     * @param processes only those of these process managers
     * @param limit how many at most, 1 or more
     */
    List<Scheduled> due(Instant now, Set<UUID> processes, int limit);

    /** Removes deadlines that are delivered. Repeating it changes nothing. */
    void delivered(List<Scheduled> deadlines);
}
