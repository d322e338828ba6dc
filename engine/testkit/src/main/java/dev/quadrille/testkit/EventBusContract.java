package dev.quadrille.testkit;

import dev.quadrille.kernel.EventBus;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.StreamId;
import java.util.List;

/** What every {@link EventBus} promises. */
public abstract class EventBusContract extends BusContract<EventBus, EventEnvelope> {

    @Override
    final void send(EventBus over, List<EventEnvelope> events) {
        over.publish(events);
    }

    @Override
    final EventEnvelope message(StreamId stream, int n) {
        return Samples.event(stream, n);
    }
}
