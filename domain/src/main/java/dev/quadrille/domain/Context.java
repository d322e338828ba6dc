package dev.quadrille.domain;

import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.MessageTypes;
import dev.quadrille.kernel.Policy;
import java.util.List;

/**
 * A bounded context as a service hosts it.
 *
 * @param messageTypes the stable names of its messages
 * @param aggregates what its commands change
 * @param policies what it answers to events, of its own or of other contexts
 */
public record Context(
        String name, MessageTypes messageTypes, List<Aggregate<?, ?, ?>> aggregates, List<Policy<?>> policies) {}
