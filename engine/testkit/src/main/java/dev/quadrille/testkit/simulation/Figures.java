package dev.quadrille.testkit.simulation;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** What simulations did, added up. */
public final class Figures {

    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private int runs;
    private int commands;
    private int events;
    private int published;
    private int boundaries;
    private Duration took = Duration.ZERO;

    void add(Simulation system, Duration duration) {
        runs++;
        commands += system.broker().commands.size();
        events += system.recorded().size();
        published += system.broker().events.size();
        boundaries += system.boundaries;
        system.faults.forEach((fault, times) -> faults.merge(fault, times, Integer::sum));
        took = took.plus(duration);
    }

    int runs() {
        return runs;
    }

    int befell(Fault fault) {
        return faults.getOrDefault(fault, 0);
    }

    /** As one line of JSON. */
    @Override
    public String toString() {
        var befallen = Arrays.stream(Fault.values())
                .map(fault -> "\"%s\": %d".formatted(fault, befell(fault)))
                .collect(joining(", ", "{", "}"));
        return ("{\"runs\": %d, \"seconds\": %d, \"commands\": %d, \"events\": %d, \"published\": %d, "
                        + "\"boundaries\": %d, \"faults\": %s}")
                .formatted(runs, took.toSeconds(), commands, events, published, boundaries, befallen);
    }
}
