package dev.quadrille.testkit.simulation;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.Set;

/** Laws that do not hold in a simulation. */
public final class BrokenLaw extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final transient Set<String> laws;

    BrokenLaw(String law, Throwable how) {
        this(Map.of(law, how));
    }

    /** @param broken each law, and how it was seen to be broken */
    BrokenLaw(Map<String, ? extends Throwable> broken) {
        super(
                broken.entrySet().stream()
                        .map(law -> "It is not so that " + law.getKey() + ":\n"
                                + law.getValue().getMessage())
                        .collect(joining("\n")),
                broken.values().iterator().next());
        this.laws = Set.copyOf(broken.keySet());
    }

    /** The laws, in the words in which they were laid down. */
    public Set<String> laws() {
        return laws;
    }
}
