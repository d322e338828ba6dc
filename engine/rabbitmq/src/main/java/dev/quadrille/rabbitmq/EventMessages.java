package dev.quadrille.rabbitmq;

import com.rabbitmq.client.Delivery;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.Partitions;
import java.util.Map;

/**
 * Domain events as CloudEvents 1.0 in binary mode, on the exchange {@code events} under {@code
 * <context>.<aggregate>.<Event>.<partition>}.
 */
public final class EventMessages implements MessageFormat<EventEnvelope> {

    private static final String PREFIX = "cloudEvents:";
    private static final String SPEC_VERSION = "1.0";

    private final Partitions partitions;

    public EventMessages(Partitions partitions) {
        this.partitions = partitions;
    }

    @Override
    public Outgoing write(EventEnvelope event) {
        var stream = event.stream();
        var type = event.message().type();
        return new Outgoing(
                Topology.EVENTS,
                stream.category() + "." + eventIn(type) + "." + partitions.of(stream),
                event.id().toString(),
                Map.of(
                        PREFIX + "specversion", SPEC_VERSION,
                        PREFIX + "id", event.id().toString(),
                        PREFIX + "type", type,
                        PREFIX + "source", "/quadrille/" + stream.context(),
                        PREFIX + "subject", stream.toString(),
                        PREFIX + "time", event.recordedAt().toString(),
                        PREFIX + "streamversion", event.version(),
                        PREFIX + "correlationid",
                                event.lineage().correlationId().toString(),
                        PREFIX + "causationid", event.lineage().causationId().toString(),
                        PREFIX + "traceparent", event.lineage().traceparent()),
                event.message().body());
    }

    @Override
    public EventEnvelope read(Delivery delivery) {
        var incoming = new Incoming(delivery, PREFIX);
        incoming.expect("specversion", SPEC_VERSION);
        incoming.expect("id", incoming.messageId());
        incoming.text("source");
        return new EventEnvelope(
                incoming.uuid("id"),
                incoming.stream("subject"),
                incoming.version("streamversion"),
                incoming.instant("time"),
                new Lineage(incoming.uuid("correlationid"), incoming.uuid("causationid"), incoming.text("traceparent")),
                new Message(incoming.text("type"), incoming.body()));
    }

    @Override
    public String key(Delivery delivery) {
        return Incoming.orEmpty(() -> new Incoming(delivery, PREFIX).stream("subject"));
    }

    @Override
    public String type(Delivery delivery) {
        return Incoming.orEmpty(() -> new Incoming(delivery, PREFIX).text("type"));
    }

    /** The middle of {@code <context>.<Event>.v<n>}. */
    private static String eventIn(String type) {
        return type.substring(type.indexOf('.') + 1, type.lastIndexOf('.'));
    }
}
