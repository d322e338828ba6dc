package dev.quadrille.testkit.simulation;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.StringJoiner;

/**
 * Many simulations of one workload, each with a seed of its own: 10,000, beginning anywhere, unless the system property
 * {@code quadrille.simulation.seeds} says otherwise. With {@code quadrille.simulation.seed} it is that one only.
 */
public final class Seeds {

    private static final String COUNT = "quadrille.simulation.seeds";
    private static final String ONE = "quadrille.simulation.seed";

    private Seeds() {}

    /**
     * Runs them until one breaks a law.
     *
     * @param command runs the test again that calls this, when {@code -Dquadrille.simulation.seed=…} is added to it
     * @return what they did, as one line of JSON
     * @throws AssertionError with the law, the seed and the command that replays it; of a replay, all that happened
     */
    public static String run(Simulator simulator, Workload workload, String command) {
        var one = Long.getLong(ONE);
        return one == null
                ? run(simulator, workload, command, new SecureRandom().nextInt(), Integer.getInteger(COUNT, 10_000))
                : replay(simulator, workload, one);
    }

    private static String run(Simulator simulator, Workload workload, String command, long first, int count) {
        var figures = new Figures();
        for (var seed = first; seed < first + count; seed++) {
            var began = System.nanoTime();
            try {
                figures.add(simulator.run(seed, workload), Duration.ofNanos(System.nanoTime() - began));
            } catch (BrokenLaw broken) {
                throw new AssertionError(
                        "Seed %d: %s%nSee all that happens by%n  %s -D%s=%d"
                                .formatted(seed, broken.getMessage(), command, ONE, seed),
                        broken);
            }
        }
        return "{\"first_seed\": %d, \"simulated\": %s}".formatted(first, figures);
    }

    private static String replay(Simulator simulator, Workload workload, long seed) {
        var trace = new StringJoiner("\n");
        try {
            simulator.run(seed, workload, line -> trace.add(line.get()));
        } catch (BrokenLaw broken) {
            throw new AssertionError(
                    "Seed %d: %s%nAll that happens:%n%s".formatted(seed, broken.getMessage(), trace), broken);
        }
        return "{\"seed\": %d, \"broken\": []}".formatted(seed);
    }
}
