package dev.quadrille.testkit.simulation;

import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.Policy;
import dev.quadrille.kernel.process.Processes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a business on the real engine in simulations, and says which law does not hold: {@link #calm} where all goes
 * well, {@link #sweep} with one mishap at every place in turn, {@link #run} with whatever a seed brings.
 *
 * <p>Holds no state between runs; immutable, each method that says what more is wanted answers another simulator.
 */
public final class Simulator {

    private final List<? extends Aggregate<?, ?, ?>> aggregates;
    private final List<Policy<?>> policies;
    private final Processes processes;
    private final Codec codec;
    private final Map<String, Consumer<List<Event>>> laws;
    private final @Nullable Sabotage sabotage;

    /** Simulates these aggregates and policies, held to the laws of the engine. */
    public Simulator(List<? extends Aggregate<?, ?, ?>> aggregates, List<Policy<?>> policies, Codec codec) {
        this(aggregates, policies, new Processes(List.of(), Set.of()), codec, Map.of(), null);
    }

    private Simulator(
            List<? extends Aggregate<?, ?, ?>> aggregates,
            List<Policy<?>> policies,
            Processes processes,
            Codec codec,
            Map<String, Consumer<List<Event>>> laws,
            @Nullable Sabotage sabotage) {
        this.aggregates = aggregates;
        this.policies = policies;
        this.processes = processes;
        this.codec = codec;
        this.laws = laws;
        this.sabotage = sabotage;
    }

    /** Simulates these process managers too, which may be done once: their instances, their commands and their deadlines. */
    public Simulator with(Processes managers) {
        return new Simulator(
                Stream.concat(aggregates.stream(), Stream.of(managers.aggregate()))
                        .toList(),
                Stream.concat(policies.stream(), Stream.of(managers.policy())).toList(),
                managers,
                codec,
                laws,
                sabotage);
    }

    /**
     * Holds every system to one more law when it has come to rest.
     *
     * @param law what holds, in words
     * @param check told all events in the order of the feed; throws, best an {@link AssertionError}, if it does not hold
     * @throws IllegalArgumentException if there is a law in these words
     */
    public Simulator under(String law, Consumer<List<Event>> check) {
        var more = new LinkedHashMap<>(laws);
        if (more.put(law, check) != null) {
            throw new IllegalArgumentException("There is a law that " + law + "; tell the other in other words");
        }
        return new Simulator(aggregates, policies, processes, codec, more, sabotage);
    }

    /** Builds a defect into every system, to show that it would be found. */
    public Simulator sabotagedBy(Sabotage defect) {
        return new Simulator(aggregates, policies, processes, codec, laws, defect);
    }

    /** A system in which all goes well. */
    public Simulation calm() {
        return new Simulation(this, Fate.CALM, _ -> {});
    }

    /**
     * Tells a story once where all goes well, then again and again with one fault, of every kind before and after every
     * effect that anyone in it has, and at the end of each holds the system to the laws.
     *
     * @param story sends commands and says what is to be seen at rest
     * @param figures to which all that is done is added
     * @throws AssertionError what the story or a law says, after which fault, and all that happened
     */
    public void sweep(Consumer<Simulation> story, Figures figures) {
        var places = tell(story, Fate.CALM, figures).boundaries;
        for (var place = 0; place < places; place++) {
            for (var fault : Fault.values()) {
                try {
                    tell(story, new Mishap(fault, place), figures);
                } catch (AssertionError | RuntimeException failed) {
                    throw new AssertionError(
                            "With %s at place %d of %d: %s%nAll that happens:%n%s"
                                    .formatted(fault, place, places, failed.getMessage(), trace(story, fault, place)),
                            failed);
                }
            }
        }
    }

    private Simulation tell(Consumer<Simulation> story, Fate fate, Figures figures) {
        var began = System.nanoTime();
        var system = new Simulation(this, fate, _ -> {});
        story.accept(system);
        check(system);
        figures.add(system, Duration.ofNanos(System.nanoTime() - began));
        return system;
    }

    private String trace(Consumer<Simulation> story, Fault fault, int place) {
        var trace = new StringJoiner("\n");
        try {
            story.accept(new Simulation(this, new Mishap(fault, place), line -> trace.add(line.get())));
        } catch (AssertionError | RuntimeException again) {
            trace.add(String.valueOf(again.getMessage()));
        }
        return trace.toString();
    }

    /**
     * Has a system do what a workload asks for while whatever the seed brings befalls it, and holds it to the laws when
     * it has come to rest. The same seed does the same.
     *
     * @throws BrokenLaw if a law does not hold
     */
    public Simulation run(long seed, Workload workload) {
        return run(seed, workload, _ -> {});
    }

    /** @param trace told all that happens, in words that are made only if it asks for them */
    Simulation run(long seed, Workload workload, Consumer<Supplier<String>> trace) {
        var random = new SplittableRandom(seed);
        var system = new Simulation(this, new Chaos(random.split()), trace);
        workload.commands(random).forEach(system::enqueue);
        system.run();
        check(system);
        return system;
    }

    /**
     * Runs the seeds 1, 2, 3 … until one breaks this law, possibly with others.
     *
     * @param law as it was laid down
     * @param seeds how many at most
     * @throws AssertionError if none of them does
     */
    public long seedThatBreaks(String law, int seeds, Workload workload) {
        for (var seed = 1L; seed <= seeds; seed++) {
            try {
                run(seed, workload);
            } catch (BrokenLaw broken) {
                if (broken.laws().contains(law)) {
                    return seed;
                }
            }
        }
        throw new AssertionError("None of the seeds 1 to " + seeds + " breaks the law that " + law);
    }

    private void check(Simulation system) {
        var broken = new LinkedHashMap<String, Throwable>();
        Laws.OF_THE_ENGINE.forEach((law, check) -> check(law, check, system, broken));
        var events = system.events();
        laws.forEach((law, check) -> check(law, check, events, broken));
        if (!broken.isEmpty()) {
            throw new BrokenLaw(broken);
        }
    }

    private static <T> void check(String law, Consumer<T> check, T subject, Map<String, Throwable> broken) {
        try {
            check.accept(subject);
        } catch (AssertionError | RuntimeException how) {
            broken.put(law, how);
        }
    }

    List<? extends Aggregate<?, ?, ?>> aggregates() {
        return aggregates;
    }

    List<Policy<?>> policies() {
        return policies;
    }

    Processes processes() {
        return processes;
    }

    Codec codec() {
        return codec;
    }

    Ports wired(Ports ports) {
        return sabotage == null ? ports : sabotage.wire(ports);
    }
}
