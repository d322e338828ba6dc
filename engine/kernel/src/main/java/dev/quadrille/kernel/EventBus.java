package dev.quadrille.kernel;

import java.util.List;

/** Tells events to whoever subscribed, at least once, those of a stream in the order of publishing. */
public interface EventBus {

    /**
     * Returns once all of these are stored and routed by the broker.
     *
     * @throws Unavailable if one of them was not confirmed in time, or has no route: some may have been taken
     */
    void publish(List<EventEnvelope> events);
}
