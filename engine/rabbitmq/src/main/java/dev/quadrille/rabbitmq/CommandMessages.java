package dev.quadrille.rabbitmq;

import com.rabbitmq.client.Delivery;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.Partitions;
import java.util.HashMap;
import java.util.Map;

/** Commands on their way to the queue of their context and partition. Not for others: they call the listener. */
public final class CommandMessages implements MessageFormat<CommandEnvelope> {

    private static final String PREFIX = "quadrille:";

    private final Partitions partitions;

    public CommandMessages(Partitions partitions) {
        this.partitions = partitions;
    }

    @Override
    public Outgoing write(CommandEnvelope command) {
        var stream = command.stream();
        var headers = new HashMap<String, Object>(Map.of(
                PREFIX + "id", command.id().toString(),
                PREFIX + "type", command.message().type(),
                PREFIX + "stream", stream.toString(),
                PREFIX + "time", command.issuedAt().toString(),
                PREFIX + "correlationid", command.lineage().correlationId().toString(),
                PREFIX + "causationid", command.lineage().causationId().toString(),
                PREFIX + "traceparent", command.lineage().traceparent()));
        if (command.requestId() != null) {
            headers.put(PREFIX + "requestid", command.requestId().toString());
        }
        return new Outgoing(
                Topology.COMMANDS,
                Topology.commandKey(stream.context(), partitions.of(stream)),
                command.id().toString(),
                headers,
                command.message().body());
    }

    @Override
    public CommandEnvelope read(Delivery delivery) {
        var incoming = new Incoming(delivery, PREFIX);
        incoming.expect("id", incoming.messageId());
        return new CommandEnvelope(
                incoming.uuid("id"),
                incoming.optionalUuid("requestid").orElse(null),
                incoming.stream("stream"),
                incoming.instant("time"),
                new Lineage(incoming.uuid("correlationid"), incoming.uuid("causationid"), incoming.text("traceparent")),
                new Message(incoming.text("type"), incoming.body()));
    }

    @Override
    public String key(Delivery delivery) {
        return Incoming.orEmpty(() -> new Incoming(delivery, PREFIX).stream("stream"));
    }

    @Override
    public String type(Delivery delivery) {
        return Incoming.orEmpty(() -> new Incoming(delivery, PREFIX).text("type"));
    }
}
