package dev.quadrille.kernel;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * "Whenever this happens, then do that": a pure function from one event to commands, without memory. A row of the
 * table that a saga is.
 *
 * @param name for people; may change
 * @param key never changes: the ids of its commands are derived from it, so that a repeated event repeats them
 * @param event the one type of event that it answers
 * @param commands the types of command that it may issue
 */
public record Policy<E extends Event>(
        String name,
        UUID key,
        Class<E> event,
        Set<Class<? extends Command>> commands,
        Function<E, List<? extends Command>> reaction) {

    public Policy {
        commands = Set.copyOf(commands);
    }

    /** A policy that issues commands of one type. */
    public static <E extends Event, C extends Command> Policy<E> whenever(
            Class<E> event, String name, String key, Class<C> command, Function<E, List<C>> reaction) {
        return whenever(event, name, key, Set.of(command), reaction::apply);
    }

    /** A policy that issues commands of these types. */
    public static <E extends Event> Policy<E> whenever(
            Class<E> event,
            String name,
            String key,
            Set<Class<? extends Command>> commands,
            Function<E, List<? extends Command>> reaction) {
        return new Policy<>(name, UUID.fromString(key), event, commands, reaction);
    }

    /**
     * The commands that answer this event, in order; none if it is not of the type that the policy answers.
     *
     * @throws IllegalStateException if one of them is of a type that the policy does not declare
     */
    public List<? extends Command> react(Event happened) {
        if (!event.isInstance(happened)) {
            return List.of();
        }
        var answer = reaction.apply(event.cast(happened));
        for (var command : answer) {
            if (!commands.contains(command.getClass())) {
                throw new IllegalStateException("The policy '" + name + "' answers " + happened + " with " + command
                        + ", of a type that it does not" + " declare, only " + commands);
            }
        }
        return answer;
    }
}
