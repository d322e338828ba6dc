package dev.quadrille.testkit.simulation;

import java.security.SecureRandom;
import java.time.Duration;

/**
 * Many simulations of one workload, each with a seed of its own: {@code quadrille.simulation.seeds}, 10,000 unless the
 * system property says otherwise, beginning anywhere. With {@code quadrille.simulation.seed} it is that one only, and
 * all that happens in it is printed.
 */
public final class Seeds {

    private static final String ONE = "quadrille.simulation.seed";
    private static final String COUNT = "quadrille.simulation.seeds";

    private Seeds() {}

    /**
     * Runs them, until one breaks a law.
     *
     * @param command runs the test again that calls this, when {@code -Dquadrille.simulation.seed=…} is added to it
     * @return what they did, as one line of JSON
     * @throws AssertionError with the seed, the law, and the command that replays it
     */
    public static String run(Simulator simulator, Workload workload, String command) {
        var one = Long.getLong(ONE);
        var first = one == null ? new SecureRandom().nextInt() : one;
        var count = one == null ? Integer.getInteger(COUNT, 10_000) : 1;
        var figures = new Figures();
        for (var seed = first; seed < first + count; seed++) {
            var began = System.nanoTime();
            try {
                var system = one == null
                        ? simulator.run(seed, workload)
                        : simulator.run(seed, workload, line -> System.out.println(line.get()));
                figures.add(system, Duration.ofNanos(System.nanoTime() - began));
            } catch (BrokenLaw broken) {
                throw new AssertionError(
                        "Seed %d: %s%nSee all that happens by%n  %s -D%s=%d"
                                .formatted(seed, broken.getMessage(), command, ONE, seed),
                        broken);
            }
        }
        return "{\"first_seed\": %d, \"simulated\": %s}".formatted(first, figures);
    }
}
