package dev.quadrille.kernel;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * "Whenever this happens, then do that": a pure function from one event to commands, without memory. A row of the
 * table that a saga is.
 *
 * @param name for people; may change
 * @param key never changes: the ids of its commands are derived from it, so that a repeated event repeats them
 * @param event the one type of event that it answers
 */
public record Policy<E extends Event>(
        String name, UUID key, Class<E> event, Function<E, List<? extends Command>> reaction) {

    public static <E extends Event> Policy<E> whenever(
            Class<E> event, String name, String key, Function<E, List<? extends Command>> reaction) {
        return new Policy<>(name, UUID.fromString(key), event, reaction);
    }

    /** The commands that answer this event, in order; none if it is not of the type that the policy answers. */
    public List<? extends Command> react(Event happened) {
        return event.isInstance(happened) ? reaction.apply(event.cast(happened)) : List.of();
    }
}
