package dev.quadrille.kernel.process;

import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.Event;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * What a process manager hears and what it may issue, declared before it runs. Immutable.
 *
 * @param events the types of event that it hears, each with the instance that hears it
 * @param commands the types of command that it may issue
 * @param deadlines the types of deadline that it may schedule
 */
public record Routes(
        Map<Class<? extends Event>, Function<Event, Optional<UUID>>> events,
        Set<Class<? extends Command>> commands,
        Set<Class<? extends Deadline>> deadlines) {

    public Routes {
        events = new LinkedHashMap<>(events);
        commands = new LinkedHashSet<>(commands);
        deadlines = new LinkedHashSet<>(deadlines);
    }

    public static Routes none() {
        return new Routes(Map.of(), Set.of(), Set.of());
    }

    /**
     * Hears events of this type.
     *
     * @param instance the id of the one instance that an event goes to, or none for an event that is none of its business.
     *     Ids are unique among all process managers of an installation: made for the instance, or derived from the process
     *     manager's key
     * @throws IllegalArgumentException if the type has a route already
     */
    public <E extends Event> Routes hears(Class<E> type, Function<E, Optional<UUID>> instance) {
        if (events.containsKey(type)) {
            throw new IllegalArgumentException(type + " has a route already; an event goes to at most one instance");
        }
        var more = new Routes(events, commands, deadlines);
        more.events.put(type, event -> instance.apply(type.cast(event)));
        return more;
    }

    /** May issue commands of this type. */
    public Routes executes(Class<? extends Command> type) {
        var more = new Routes(events, commands, deadlines);
        more.commands.add(type);
        return more;
    }

    /** May schedule deadlines of this type. */
    public Routes schedules(Class<? extends Deadline> type) {
        var more = new Routes(events, commands, deadlines);
        more.deadlines.add(type);
        return more;
    }

    /** The instance that hears this event, if one does. */
    public Optional<UUID> instance(Event event) {
        var route = events.get(event.getClass());
        return route == null ? Optional.empty() : route.apply(event);
    }
}
