package dev.quadrille.kernel;

import java.util.List;

/**
 * One transaction against the event store: all of it or nothing.
 *
 * @param appends at most one for each stream
 * @param outcomes at most one for each command
 */
public record Commit(List<Append> appends, List<Outcome> outcomes) {

    public Commit {
        appends = List.copyOf(appends);
        outcomes = List.copyOf(outcomes);
    }
}
