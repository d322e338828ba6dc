package dev.quadrille.rabbitmq;

import com.rabbitmq.client.Delivery;
import java.util.Map;

/** Integration events: JSON with a message id under the type as routing key, and no header. */
public final class IntegrationMessages implements MessageFormat<IntegrationEvent> {

    @Override
    public Outgoing write(IntegrationEvent event) {
        return new Outgoing(Topology.INTEGRATION_EVENTS, event.type(), event.id(), Map.of(), event.body());
    }

    @Override
    public IntegrationEvent read(Delivery delivery) {
        var incoming = new Incoming(delivery, "");
        return new IntegrationEvent(incoming.messageId(), delivery.getEnvelope().getRoutingKey(), incoming.body());
    }

    /** None: each speaks for itself. */
    @Override
    public String key(Delivery delivery) {
        return "";
    }

    @Override
    public String type(Delivery delivery) {
        return delivery.getEnvelope().getRoutingKey();
    }
}
