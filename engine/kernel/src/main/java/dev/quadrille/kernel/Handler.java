package dev.quadrille.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

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
