package dev.quadrille.kernel;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/**
 * Answers events from the bus with the commands of a set of policies. Repeating an event repeats its commands with the
 * same ids, so nothing has to be remembered (P5). Safe to share between threads; events of one stream come in order.
 */
public final class Policies implements Handler<EventEnvelope> {

    private final List<Policy<?>> policies;
    private final Codec codec;
    private final CommandBus commands;
    private final InstantSource clock;

    /**
     * Answers with these policies.
     *
     * @throws IllegalArgumentException if two policies have the same key
     */
    public Policies(List<Policy<?>> policies, Codec codec, CommandBus commands, InstantSource clock) {
        this.policies = List.copyOf(policies);
        this.codec = codec;
        this.commands = commands;
        this.clock = clock;
        var byKey = new HashMap<UUID, Policy<?>>();
        for (var policy : policies) {
            var other = byKey.put(policy.key(), policy);
            if (other != null) {
                throw new IllegalArgumentException("The policies '" + other.name() + "' and '" + policy.name()
                        + "' have the same key " + policy.key() + "; give each its own");
            }
        }
    }

    /** Sends what the policies answer to all of these events, confirmed together, in the order of the events. */
    @Override
    public Handled<EventEnvelope> handle(List<EventEnvelope> batch) {
        var answers = new ArrayList<CommandEnvelope>();
        var handled = Handled.oneByOne(batch, EventEnvelope::stream, event -> answers.addAll(react(event)));
        if (!answers.isEmpty()) {
            commands.send(answers);
        }
        return handled;
    }

    /** The commands that answer this event. */
    List<CommandEnvelope> react(EventEnvelope envelope) {
        if (!(codec.decode(envelope.message()) instanceof Event event)) {
            throw new UnreadableMessage(envelope.message().type() + " is not an event");
        }
        return policies.stream()
                .flatMap(policy -> answers(policy, envelope, event, codec, clock.instant()).stream())
                .toList();
    }

    /**
     * The commands with which one policy answers an event, each with the id UUIDv5(event id, the policy's key, index).
     *
     * @param event what the envelope holds
     */
    public static List<CommandEnvelope> answers(
            Policy<?> policy, EventEnvelope envelope, Event event, Codec codec, Instant issuedAt) {
        var answers = new ArrayList<CommandEnvelope>();
        for (var command : policy.react(event)) {
            answers.add(new CommandEnvelope(
                    DerivedId.of(envelope.id(), policy.key(), answers.size()),
                    null,
                    command.stream(),
                    issuedAt,
                    envelope.lineage().causedBy(envelope.id()),
                    codec.encode(command)));
        }
        return answers;
    }
}
