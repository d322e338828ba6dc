package dev.quadrille.kernel;

import java.util.List;

/** What a decider answers: what happened, possibly nothing because the wish is true already, or why not. */
public sealed interface Decision<E> {

    /** The command stands; the events are what it changes, in order, and may be none. */
    record Accepted<E>(List<E> events) implements Decision<E> {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /** The command falls. */
    record Rejected<E>(Rejection rejection) implements Decision<E> {}

    static <E> Decision<E> accept(E event) {
        return new Accepted<>(List.of(event));
    }

    static <E> Decision<E> accept(List<E> events) {
        return new Accepted<>(events);
    }

    /** The wish is true already: accepted, nothing changes. */
    static <E> Decision<E> alreadyTrue() {
        return new Accepted<>(List.of());
    }

    static <E> Decision<E> reject(String reason, String message) {
        return new Rejected<>(new Rejection(reason, message));
    }
}
