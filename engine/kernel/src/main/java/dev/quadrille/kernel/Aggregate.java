package dev.quadrille.kernel;

/**
 * A kind of aggregate, as the handler hosts it.
 *
 * @param category the category of its streams
 * @param commands the sealed interface of its commands: what it is asked
 * @param events the sealed interface of its events: what it records
 */
public record Aggregate<C extends Command, S, E extends Event>(
        String category, Class<C> commands, Class<E> events, Decider<C, S, E> decider) {}
