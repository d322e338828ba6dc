package dev.quadrille.kernel;

import java.util.List;
import java.util.Set;

/**
 * The rules of one kind of aggregate, as pure functions: no clock, no chance, no input or output. Called from many
 * threads; it keeps nothing between calls. After Jérémie Chassaing's functional event sourcing decider.
 *
 * @param <C> its commands, a sealed interface
 * @param <S> its state
 * @param <E> its events, a sealed interface
 */
public interface Decider<C extends Command, S, E extends Event> {

    /** The state of an aggregate to which nothing has happened yet. */
    S initial();

    /**
     * The state after one more event. Total over every history that its own decisions can write, without rules of its
     * own.
     *
     * @throws IllegalStateException if this event can't follow in this state: the stream is corrupt
     */
    S evolve(S state, E event);

    /**
     * Other streams whose existence the decision depends on. The handler looks them up and gives {@link #decide} those
     * that have begun; what does not exist yet may begin while the decision is made.
     */
    default Set<StreamId> lookups(C command) {
        return Set.of();
    }

    /**
     * Decides a command. The same arguments always give the same answer: after a lost race it is asked again with the
     * newer state.
     *
     * @param existing those of {@link #lookups} that exist
     */
    Decision<E> decide(S state, C command, Set<StreamId> existing);

    /** The state after all these events. */
    default S fold(S state, List<E> events) {
        for (var event : events) {
            state = evolve(state, event);
        }
        return state;
    }
}
