package dev.quadrille.rabbitmq;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import dev.quadrille.kernel.Partitions;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The exchanges, and the queues that a service names, all durable; defined here and nowhere else. A context is added by
 * data: {@code Topology.over(partitions, CLASSIC).commands("financing").policies("financing", "financing")}. It is
 * declared on every connection before anything is published or consumed.
 *
 * @param queues in the order in which they are declared
 */
public record Topology(Partitions partitions, QueueType queueType, List<Queue> queues) {

    /** Where the relayer publishes every domain event, for anyone to bind to. */
    public static final String EVENTS = "events";

    /** Where bounded contexts announce to each other what is meant for others. */
    public static final String INTEGRATION_EVENTS = "integration-events";

    /** Where commands are sent to the queue of their context and partition. */
    public static final String COMMANDS = "commands";

    /**
     * A queue with a single active consumer.
     *
     * @param bindings the routing keys, with wildcards on a topic exchange, of what goes into it
     */
    public record Queue(String name, String exchange, List<String> bindings) {

        public Queue {
            bindings = List.copyOf(bindings);
        }
    }

    public Topology {
        queues = List.copyOf(queues);
    }

    /** The exchanges, and no queue yet. */
    public static Topology over(Partitions partitions, QueueType queueType) {
        return new Topology(partitions, queueType, List.of());
    }

    /** Adds the queues of a context's commands, {@code commands.<context>.<partition>}. */
    public Topology commands(String context) {
        return with(partition -> new Queue(
                COMMANDS + "." + context + "." + partition, COMMANDS, List.of(commandKey(context, partition))));
    }

    /**
     * Adds the queues of a context's policies, {@code policies.<context>.<partition>}.
     *
     * @param answered the contexts whose events they answer
     */
    public Topology policies(String context, String... answered) {
        return events(
                "policies." + context,
                Arrays.stream(answered).map(other -> other + ".*.*").toArray(String[]::new));
    }

    /** Adds the queues of the projections, {@code projections.<partition>}, which take every event. */
    public Topology projections() {
        return events("projections", "#");
    }

    /**
     * Adds queues that gather events, {@code <name>.<partition>}.
     *
     * @param patterns of routing keys, without the partition: {@code billing.*.*}, {@code #}
     */
    public Topology events(String name, String... patterns) {
        return with(partition -> new Queue(
                name + "." + partition,
                EVENTS,
                Arrays.stream(patterns)
                        .map(pattern -> pattern + "." + partition)
                        .toList()));
    }

    /**
     * Adds the queue of what a context hears from others, {@code integration.<context>}.
     *
     * @param patterns of routing keys: {@code registering.*}
     */
    public Topology integration(String context, String... patterns) {
        return with(Stream.of(new Queue("integration." + context, INTEGRATION_EVENTS, List.of(patterns))));
    }

    /**
     * Adds one queue that gathers events of all partitions, so that one instance at a time hears them.
     *
     * @param patterns of routing keys, with the partition: {@code billing.#}
     */
    public Topology eventsInOne(String name, String... patterns) {
        return with(Stream.of(new Queue(name, EVENTS, List.of(patterns))));
    }

    /** The names of the queues that begin with this name: one for each partition, or the one that is not partitioned. */
    public List<String> queuesOf(String name) {
        return queues.stream()
                .map(Queue::name)
                .filter(queue -> queue.equals(name) || queue.matches("\\Q" + name + "\\E\\.[0-9]+"))
                .toList();
    }

    /** Declares all of it. Repeating is harmless, also by several services at once. */
    public void declare(Channel channel) throws IOException {
        channel.exchangeDeclare(EVENTS, BuiltinExchangeType.TOPIC, true);
        channel.exchangeDeclare(INTEGRATION_EVENTS, BuiltinExchangeType.TOPIC, true);
        channel.exchangeDeclare(COMMANDS, BuiltinExchangeType.DIRECT, true);
        var arguments = queueType.arguments(channel.getConnection());
        for (var queue : queues) {
            channel.queueDeclare(queue.name(), true, false, false, arguments);
            for (var binding : queue.bindings()) {
                channel.queueBind(queue.name(), queue.exchange(), binding);
            }
        }
    }

    static String commandKey(String context, int partition) {
        return context + "." + partition;
    }

    private Topology with(IntFunction<Queue> queueOfPartition) {
        return with(IntStream.range(0, partitions.count()).mapToObj(queueOfPartition));
    }

    private Topology with(Stream<Queue> added) {
        return new Topology(
                partitions, queueType, Stream.concat(queues.stream(), added).toList());
    }
}
