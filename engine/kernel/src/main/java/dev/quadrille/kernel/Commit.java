package dev.quadrille.kernel;

import java.util.List;

/**
 * One transaction against the event store: all of it or nothing.
 *
 * @param appends at most one for each stream
 * @param outcomes at most one for each command
 * @param deadlines what the appended events schedule and drop, in their order
 */
public record Commit(List<Append> appends, List<Outcome> outcomes, List<Deadlines.Change> deadlines) {

    public Commit {
        appends = List.copyOf(appends);
        outcomes = List.copyOf(outcomes);
        deadlines = List.copyOf(deadlines);
    }

    /** A commit that has to do with no deadline. */
    public Commit(List<Append> appends, List<Outcome> outcomes) {
        this(appends, outcomes, List.of());
    }
}
