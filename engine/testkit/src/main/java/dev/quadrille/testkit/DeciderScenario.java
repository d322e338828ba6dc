package dev.quadrille.testkit;

import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.Decider;
import dev.quadrille.kernel.Decision;
import dev.quadrille.kernel.Decision.Accepted;
import dev.quadrille.kernel.Decision.Rejected;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.StreamId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * What an aggregate decides, told as an example: {@code given(aggregate, codec, history…).when(command).then(events…)}.
 *
 * <p>Stricter than production: every message is what the codec has read of what it wrote; the history is folded twice and the
 * command decided twice, with the same result and without a state changing that was there before; what was accepted evolves;
 * the decider's code reaches no clock, no chance and no environment ({@link Purity}). Then the same command comes twice
 * to the handler that hosts the aggregate, which reads the state anew each time, and has the same outcome, once. States are
 * compared with {@code equals}.
 */
public final class DeciderScenario<C extends Command, E extends Event> {

    private final Aggregate<C, ?, E> aggregate;
    private final List<E> history;
    private final Set<StreamId> existing;
    private final Copier copier;

    private DeciderScenario(Aggregate<C, ?, E> aggregate, List<E> history, Set<StreamId> existing, Copier copier) {
        this.aggregate = aggregate;
        this.history = history;
        this.existing = existing;
        this.copier = copier;
    }

    /**
     * An aggregate to which this has happened, in this order.
     *
     * @param codec writes and reads every message; it has to know them
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <C extends Command, E extends Event> DeciderScenario<C, E> given(
            Aggregate<C, ?, E> aggregate, Codec codec, E... history) {
        return new DeciderScenario<>(aggregate, List.of(history), Set.of(), new Copier(codec));
    }

    /** Streams that have begun; of them the decision sees those that the decider looks up. */
    public DeciderScenario<C, E> existing(StreamId... streams) {
        return new DeciderScenario<>(aggregate, history, Set.of(streams), copier);
    }

    /** Decides the command. */
    public Decided<E> when(C command) {
        return decide(aggregate, copier.copy(aggregate.commands(), command));
    }

    private <S> Decided<E> decide(Aggregate<C, S, E> asked, C command) {
        var decider = asked.decider();
        Purity.require(decider.getClass());
        var stored = history.stream().map(this::copy).toList();
        var folded = Folded.of(decider.initial(), stored, decider::evolve);
        var state = folded.last();
        var story = new Story(stored, String.valueOf(state), existing, command);
        story.compare("Folded again", state, decider.fold(decider.initial(), stored));
        story.compare("The category", asked.category(), command.stream().category());
        var found = new HashSet<>(decider.lookups(command));
        found.retainAll(existing);
        var decision = decider.decide(state, command, Set.copyOf(found));
        story.compare("Decided again", decision, decider.decide(state, command, Set.copyOf(found)));
        if (decision instanceof Accepted<E>(var events)) {
            evolve(decider, state, events, story);
        }
        folded.changed().ifPresent(changed -> {
            throw story.failure("A state that was there before", changed.before(), changed.now(), null);
        });
        story.compare("Handled twice", decision, handled(asked, command));
        return new Decided<>(story, decision);
    }

    private <S> void evolve(Decider<C, S, E> decider, S state, List<E> events, Story story) {
        try {
            decider.fold(state, events.stream().map(this::copy).toList());
        } catch (IllegalStateException refused) {
            throw story.failure("The decider does not evolve its own events", events, refused, refused);
        }
    }

    /** What the handler makes of the command. */
    private Decision<E> handled(Aggregate<C, ?, E> asked, C command) {
        var rehearsal = new Rehearsal(asked, copier.codec());
        existing.forEach(rehearsal::begun);
        history.forEach(event -> rehearsal.happened(command.stream(), event));
        var before = rehearsal.stored(command.stream()).size();
        return switch (rehearsal.handle(command)) {
            case Outcome.Accepted _ ->
                Decision.accept(rehearsal.stored(command.stream()).stream()
                        .skip(before)
                        .map(EventEnvelope::message)
                        .map(message -> asked.events().cast(copier.codec().decode(message)))
                        .toList());
            case Outcome.Rejected(var rejection, var _) -> new Rejected<>(rejection);
        };
    }

    private E copy(E event) {
        return copier.copy(aggregate.events(), event);
    }

    /** A decision, to be compared with what was expected. */
    public static final class Decided<E extends Event> {

        private final Story story;
        private final Decision<E> decision;

        private Decided(Story story, Decision<E> decision) {
            this.story = story;
            this.decision = decision;
        }

        /** Accepted, with these events in this order. */
        @SafeVarargs
        @SuppressWarnings("varargs")
        public final void then(E... events) {
            story.compare("The decision", Decision.accept(List.of(events)), decision);
        }

        /** Accepted, and nothing changes. */
        public void thenNothing() {
            story.compare("The decision", Decision.alreadyTrue(), decision);
        }

        /** Rejected for this reason; the message for people is not compared. */
        public void thenRejected(String reason) {
            if (!(decision instanceof Rejected<E>(var rejection)
                    && rejection.reason().equals(reason))) {
                throw story.failure("The decision", "rejected " + reason, decision, null);
            }
        }
    }

    private record Story(List<?> history, String state, Set<StreamId> existing, Command command) {

        void compare(String what, @Nullable Object expected, @Nullable Object actual) {
            if (!Objects.equals(expected, actual)) {
                throw failure(what, expected, actual, null);
            }
        }

        AssertionFailedError failure(
                String what, @Nullable Object expected, @Nullable Object actual, @Nullable Throwable cause) {
            var text = """
                    %s is not as expected
                      given    %s
                      existing %s
                      state    %s
                      when     %s
                      expected %s
                      actual   %s""".formatted(what, history, existing, state, command, expected, actual);
            return new AssertionFailedError(text, expected, actual, cause);
        }
    }
}
