package dev.quadrille.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The states that something has gone through, each with the text that it had when it was new: who changes a state in place changes
 * those before it as well.
 */
record Folded<S>(List<S> states, List<String> texts) {

    /** A state whose text was another before. */
    record Changed(String before, String now) {}

    static <S, I> Folded<S> of(S initial, List<I> inputs, BiFunction<S, I, S> evolve) {
        var folded = new Folded<S>(new ArrayList<>(), new ArrayList<>());
        folded.add(initial);
        inputs.forEach(input -> folded.add(evolve.apply(folded.last(), input)));
        return folded;
    }

    private void add(S state) {
        states.add(state);
        texts.add(String.valueOf(state));
    }

    S last() {
        return states.getLast();
    }

    Optional<Changed> changed() {
        for (var i = 0; i < states.size(); i++) {
            var now = String.valueOf(states.get(i));
            if (!now.equals(texts.get(i))) {
                return Optional.of(new Changed(texts.get(i), now));
            }
        }
        return Optional.empty();
    }
}
