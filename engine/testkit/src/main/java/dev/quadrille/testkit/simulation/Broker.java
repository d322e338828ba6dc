package dev.quadrille.testkit.simulation;

import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.kernel.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The queues that commands and events are spread over, and all that was ever put into them. */
final class Broker {

    private final Partitions partitions;
    private final Set<String> contexts;
    final List<Queue<CommandEnvelope>> commandQueues;
    final List<Queue<EventEnvelope>> eventQueues;
    final List<Queue<EventEnvelope>> processQueues;

    /** Every command that was taken, as often and in the order as it was. */
    final List<CommandEnvelope> commands = new ArrayList<>();

    /** Every event that was published, as often and in the order as it was. */
    final List<EventEnvelope> events = new ArrayList<>();

    /**
     * @param contexts whose commands have queues
     * @param processes whether there are process managers, who hear events too
     */
    Broker(Partitions partitions, Set<String> contexts, boolean processes) {
        this.partitions = partitions;
        this.contexts = contexts;
        this.commandQueues = queues();
        this.eventQueues = queues();
        this.processQueues = processes ? queues() : List.of();
    }

    private <M> List<Queue<M>> queues() {
        return Stream.generate(Queue<M>::new).limit(partitions.count()).toList();
    }

    /** @throws Unavailable if there is no queue for it */
    boolean take(CommandEnvelope command) {
        if (!contexts.contains(command.stream().context())) {
            throw new Unavailable("No aggregate of context '" + command.stream().context() + "' is hosted", null);
        }
        commands.add(command);
        return commandQueues.get(partitions.of(command.stream())).put(command);
    }

    boolean publish(EventEnvelope event) {
        events.add(event);
        if (!processQueues.isEmpty()) {
            processQueues.get(partitions.of(event.stream())).put(event);
        }
        return eventQueues.get(partitions.of(event.stream())).put(event);
    }
}
