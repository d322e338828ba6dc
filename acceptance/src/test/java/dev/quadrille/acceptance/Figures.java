package dev.quadrille.acceptance;

import static dev.quadrille.proto.command.v1.OutcomeStatus.OUTCOME_STATUS_ACCEPTED;
import static dev.quadrille.proto.command.v1.OutcomeStatus.OUTCOME_STATUS_REJECTED;

import dev.quadrille.acceptance.support.CloudEvent;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.Witness;
import dev.quadrille.proto.command.v1.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** What was counted and measured while faults happened. */
final class Figures {

    private final Map<String, Integer> faults = new TreeMap<>();
    private final List<Duration> recoveries = new ArrayList<>();
    private long commands;
    private long events;
    private long repeated;
    private long redelivered;
    private long lost;
    private long reordered;
    private long wrongBalances;

    /** Counts what has become of these accepted commands, before anything is said of it. */
    void count(List<Outcome> outcomes, Witness witness, Scenario scenario) {
        var heard = witness.all();
        commands += outcomes.size();
        events += heard.size();
        repeated += witness.repeats();
        var late = reordered(heard);
        var missing = withoutEnd(outcomes) + missing(outcomes, heard);
        reordered += late;
        lost += missing;
        if (late + missing == 0) {
            wrongBalances += Books.of(heard).wrongBalances(scenario);
        }
    }

    private static long withoutEnd(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.getStatus() != OUTCOME_STATUS_ACCEPTED
                        && outcome.getStatus() != OUTCOME_STATUS_REJECTED)
                .count();
    }

    /** How many versions have not been heard, of streams whose further ones have, or are known from an outcome. */
    private static long missing(List<Outcome> outcomes, List<CloudEvent> heard) {
        var last = new HashMap<String, Long>();
        outcomes.stream()
                .flatMap(outcome -> outcome.getWrittenList().stream())
                .forEach(written -> last.merge(written.getStream(), written.getVersion(), Math::max));
        heard.forEach(event -> last.merge(event.event().subject(), event.version(), Math::max));
        return last.values().stream().mapToLong(Long::longValue).sum() - heard.size();
    }

    /** How many came first after a later one of their stream. */
    private static long reordered(List<CloudEvent> heard) {
        var last = new HashMap<String, Long>();
        return heard.stream()
                .filter(event -> last.merge(event.event().subject(), event.version(), Math::max) > event.version())
                .count();
    }

    /** A fault, and how long it took until a command ended that was given afterwards. */
    void recovered(String fault, Duration took) {
        faults.merge(fault, 1, Integer::sum);
        recoveries.add(took);
    }

    /** Notes how many messages the broker has given to services not for the first time. */
    void redelivered(long messages) {
        redelivered = messages;
    }

    /** How many more times events have come on the bus than there are. */
    long repeated() {
        return repeated;
    }

    /**
     * All of it as one line of JSON.
     *
     * @param run what else is to be told
     */
    String line(Map<String, ?> run) {
        var line = new LinkedHashMap<String, Object>(run);
        line.put("faults", faults);
        line.put("commandsAccepted", commands);
        line.put("events", events);
        line.put("repeatedOnTheBus", repeated);
        line.put("redelivered", redelivered);
        line.put("lost", lost);
        line.put("reordered", reordered);
        line.put("wrongBalances", wrongBalances);
        var sorted = recoveries.stream().map(Duration::toMillis).sorted().toList();
        if (!sorted.isEmpty()) {
            line.put("recoveryMillisMedian", sorted.get(sorted.size() / 2));
            line.put("recoveryMillisMax", sorted.getLast());
        }
        return new JsonMapper().writeValueAsString(line);
    }
}
