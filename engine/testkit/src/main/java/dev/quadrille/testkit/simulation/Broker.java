package dev.quadrille.testkit.simulation;

import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Partitions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The queues that commands and events are spread over, and all that was ever put into them. */
final class Broker {

    private final Partitions partitions;
    final List<Queue<CommandEnvelope>> commandQueues;
    final List<Queue<EventEnvelope>> eventQueues;

    /** Every command that was taken, as often and in the order as it was. */
    final List<CommandEnvelope> commands = new ArrayList<>();

    /** Every event that was published, as often and in the order as it was. */
    final List<EventEnvelope> events = new ArrayList<>();

    Broker(Partitions partitions) {
        this.partitions = partitions;
        this.commandQueues = queues();
        this.eventQueues = queues();
    }

    private <M> List<Queue<M>> queues() {
        return Stream.generate(Queue<M>::new).limit(partitions.count()).toList();
    }

    boolean take(CommandEnvelope command) {
        commands.add(command);
        return commandQueues.get(partitions.of(command.stream())).put(command);
    }

    boolean publish(EventEnvelope event) {
        events.add(event);
        return eventQueues.get(partitions.of(event.stream())).put(event);
    }
}
