package dev.quadrille.rabbitmq;

import dev.quadrille.kernel.EventBus;
import dev.quadrille.kernel.EventEnvelope;
import java.util.List;

/** Publishes domain events to whoever subscribed. Safe to share between threads. */
public final class RabbitEventBus implements EventBus {

    private final ConfirmedPublisher publisher;
    private final EventMessages format;

    public RabbitEventBus(ConfirmedPublisher publisher, EventMessages format) {
        this.publisher = publisher;
        this.format = format;
    }

    @Override
    public void publish(List<EventEnvelope> events) {
        publisher.publishAll(events.stream().map(format::write).toList());
    }
}
