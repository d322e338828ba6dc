package dev.quadrille.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue as the broker keeps it: with a single active consumer, to which messages go in order and stay its own until
 * it acknowledges them or is lost; then they go back to their places.
 */
final class Queue<M> {

    /** One message that was put, told apart from an equal one. */
    static final class Delivery<M> {

        final M message;

        private Delivery(M message) {
            this.message = message;
        }
    }

    private final List<Delivery<M>> waiting = new ArrayList<>();
    private final List<Delivery<M>> delivered = new ArrayList<>();
    private @Nullable Actor consumer;

    boolean put(M message) {
        return waiting.add(new Delivery<>(message));
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    boolean isFree() {
        return consumer == null;
    }

    boolean isConsumedBy(Actor someone) {
        return someone.equals(consumer);
    }

    /** The next messages, for the active consumer or for whoever becomes it. */
    List<Delivery<M>> deliver(Actor to, int limit) {
        consumer = to;
        var next = waiting.subList(0, Math.min(limit, waiting.size()));
        var taken = List.copyOf(next);
        next.clear();
        delivered.addAll(taken);
        return taken;
    }

    /** Answers false and does nothing if the consumer has been lost. */
    boolean acknowledge(Actor by, Delivery<M> delivery) {
        return isConsumedBy(by) && delivered.remove(delivery);
    }

    /** Gives back what the consumer has in hand, if it still is the active one. */
    void lose(Actor lost) {
        if (isConsumedBy(lost)) {
            waiting.addAll(0, delivered);
            delivered.clear();
            consumer = null;
        }
    }
}
