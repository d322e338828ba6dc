package dev.quadrille.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Handles what a consumer took from one queue. Called by one thread at a time for each queue, again and again with
 * whatever the last call did not finish; so it must not mind repetition.
 *
 * @param <M> the kind of message
 */
@FunctionalInterface
public interface Handler<M> {

    /**
     * Handles messages in order. What the answer does not mention is finished for good.
     *
     * @param batch one or more messages in the order of the queue, those held last time first
     * @throws Unavailable if a server is away: nothing is finished, and the whole batch comes again
     */
    Handled<M> handle(List<M> batch);

    /**
     * Finishes a message for good that an operator has given up, without its effect, so that what comes behind it can go
     * on and nobody waits for it. Repeating it changes nothing. Called in place of {@link #handle}, in the order of the
     * key.
     *
     * @param message without the body, if that can't be read
     * @param why the operator's reason
     * @throws Unavailable if a server is away: it comes again
     */
    default void discard(M message, String why) {}

    /**
     * What is left of a batch.
     *
     * @param held not handled, to be tried again after a pause, in this order; later messages of the same key are held
     *     as well, so that nothing overtakes
     * @param failed tried and failed for a reason of their own: to be tried again a bounded number of times, then
     *     parked
     */
    record Handled<M>(List<M> held, List<Failed<M>> failed) {

        public Handled {
            held = List.copyOf(held);
            failed = List.copyOf(failed);
        }

        /** Nothing is left. */
        public static <M> Handled<M> nothing() {
            return new Handled<>(List.of(), List.of());
        }

        /** What is left of all of these. */
        public static <M> Handled<M> together(List<Handled<M>> parts) {
            return new Handled<>(
                    parts.stream().flatMap(part -> part.held().stream()).toList(),
                    parts.stream().flatMap(part -> part.failed().stream()).toList());
        }

        /**
         * Handles messages at once or, where one of them breaks the handler, in halves, down to the culprit, which is not
         * overtaken by others of its key.
         *
         * @param key null of a message that stands in no order
         * @throws Unavailable at once, if the handler does
         */
        public static <M> Handled<M> inHalves(List<M> batch, Function<M, @Nullable Object> key, Handler<M> handler) {
            if (batch.isEmpty()) {
                return nothing();
            }
            try {
                return handler.handle(batch);
            } catch (Unavailable away) {
                throw away;
            } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError fault) {
                if (batch.size() == 1) {
                    var reason = fault instanceof RuntimeException it ? it : new IllegalStateException(fault);
                    return new Handled<>(List.of(), List.of(new Failed<>(batch.getFirst(), reason)));
                }
                var half = batch.size() / 2;
                var first = inHalves(batch.subList(0, half), key, handler);
                var left = new ArrayList<>(first.held());
                first.failed().forEach(failed -> left.add(failed.message()));
                return together(List.of(first, inHalvesBehind(left, batch.subList(half, batch.size()), key, handler)));
            }
        }

        /** Likewise, but holds what may not overtake those that are left of others. */
        public static <M> Handled<M> inHalvesBehind(
                List<M> left, List<M> batch, Function<M, @Nullable Object> key, Handler<M> handler) {
            var blocked = new HashSet<@Nullable Object>();
            left.forEach(message -> blocked.add(key.apply(message)));
            blocked.remove(null);
            if (blocked.isEmpty()) {
                return inHalves(batch, key, handler);
            }
            var held = batch.stream()
                    .filter(message -> blocked.contains(key.apply(message)))
                    .toList();
            var free = batch.stream()
                    .filter(message -> !blocked.contains(key.apply(message)))
                    .toList();
            return together(List.of(new Handled<>(held, List.of()), inHalves(free, key, handler)));
        }

        /**
         * Takes messages one by one, in order. Where one fails, the later ones of its key are held, so that nothing
         * overtakes it.
         *
         * @throws Unavailable at once, if an action does
         */
        public static <M> Handled<M> oneByOne(List<M> batch, Function<M, ?> key, Consumer<M> action) {
            var held = new ArrayList<M>();
            var failed = new ArrayList<Failed<M>>();
            var blocked = new HashSet<Object>();
            for (var message : batch) {
                if (blocked.contains(key.apply(message))) {
                    held.add(message);
                    continue;
                }
                try {
                    action.accept(message);
                } catch (Unavailable away) {
                    throw away;
                } catch (RuntimeException reason) {
                    failed.add(new Failed<>(message, reason));
                    blocked.add(key.apply(message));
                }
            }
            return new Handled<>(held, failed);
        }
    }

    /** A message and why it could not be handled. */
    record Failed<M>(M message, RuntimeException reason) {}
}
