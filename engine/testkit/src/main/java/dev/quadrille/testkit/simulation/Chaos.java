package dev.quadrille.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Anything may happen, in any order. From when on and how often is drawn first, so that some seeds are wild and some
 * nearly calm; what goes wrong is bounded, so that the system comes to rest.
 */
final class Chaos implements Fate {

    private static final int LONGEST_PEACE = 400;
    private static final int MOST_TROUBLE = 60;
    private static final int WHIMS = 16;
    private static final int HOURS = 10_000_000;
    private static final List<Fault> FAULTS = List.of(Fault.values());

    private final RandomGenerator random;
    private final int rarity;
    private int peace;
    private int trouble;

    Chaos(RandomGenerator random) {
        this.random = random;
        this.rarity = 8 << random.nextInt(5);
        this.peace = random.nextInt(LONGEST_PEACE);
        this.trouble = random.nextInt(MOST_TROUBLE);
    }

    @Override
    public Optional<Fault> fault() {
        if (peace > 0) {
            peace--;
            return Optional.empty();
        }
        if (trouble == 0 || random.nextInt(rarity) > 0) {
            return Optional.empty();
        }
        trouble--;
        return Optional.of(oneOf(FAULTS));
    }

    @Override
    public <T> T oneOf(List<T> those) {
        return those.get(random.nextInt(those.size()));
    }

    @Override
    public int upTo(int max) {
        return random.nextInt(max) + 1;
    }

    @Override
    public boolean whim() {
        return random.nextInt(WHIMS) == 0;
    }

    @Override
    public Duration drift() {
        return Duration.ofMillis(whim() ? random.nextInt(-HOURS, HOURS) : 1);
    }
}
