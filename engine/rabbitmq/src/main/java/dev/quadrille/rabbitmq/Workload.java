package dev.quadrille.rabbitmq;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import com.rabbitmq.client.Delivery;
import dev.quadrille.kernel.Handler;
import dev.quadrille.kernel.Handler.Failed;
import dev.quadrille.kernel.Handler.Handled;
import dev.quadrille.kernel.Unavailable;
import dev.quadrille.kernel.UnreadableMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a consumer has in hand, in the order of the queue, from their delivery until they are handled or
 * parked (P6). Knows no channel: what a round has finished, the consumer acknowledges. For one thread.
 */
final class Workload<M> {

    /** How often a message may fail for a reason of its own before it is parked. */
    static final int ATTEMPTS = 3;

    /** Sets a message aside for good. */
    @FunctionalInterface
    interface Parker {

        /**
         * Returns once it is stored.
         *
         * @throws Unavailable if it can't be: it is kept, and tried again
         */
        void park(Delivery delivery, int attempts, RuntimeException reason);
    }

    /** When to go on after a round. */
    enum Pace {
        /** There is more to do with what is in hand. */
        AT_ONCE,
        /** Nothing is in hand. */
        WHEN_DELIVERED,
        /** Something failed and is worth another try, before anything of its key. */
        AFTER_FAILURE,
        /** Only held messages are in hand. */
        WHILE_HELD
    }

    /**
     * What came of a round.
     *
     * @param finished the delivery tags of what is handled or parked, in the order of the queue
     */
    record Round(List<Long> finished, Pace pace) {}

    private final MessageFormat<M> format;
    private final Handler<M> handler;
    private final Parker parker;
    private final List<Item<M>> items = new ArrayList<>();

    Workload(MessageFormat<M> format, Handler<M> handler, Parker parker) {
        this.format = format;
        this.handler = handler;
        this.parker = parker;
    }

    void add(Delivery delivery) {
        items.add(new Item<>(delivery, format));
    }

    /** The first delivery tag that is not finished; greater than any when there is none. */
    long firstOpen() {
        return items.isEmpty() ? Long.MAX_VALUE : items.getFirst().tag();
    }

    /**
     * Parks what is beyond hope, if there is such; else lets the handler try all that is in hand.
     *
     * @throws Unavailable if a server is away: call again, nothing is finished
     */
    Round round() {
        var hopeless = items.stream().filter(Item::isHopeless).toList();
        return hopeless.isEmpty() ? handle() : park(hopeless);
    }

    private Round park(List<Item<M>> hopeless) {
        hopeless.forEach(item -> parker.park(item.delivery, item.attempts, requireNonNull(item.reason)));
        items.removeAll(hopeless);
        return new Round(tags(hopeless), items.isEmpty() ? Pace.WHEN_DELIVERED : Pace.AT_ONCE);
    }

    /** Two equal messages in one batch share their fate: to handle one of them again is harmless, to lose it is not. */
    private Round handle() {
        var handled = attempt(items);
        var held = new HashSet<>(handled.held());
        var failed = handled.failed().stream().collect(toMap(Failed::message, Failed::reason, (first, _) -> first));
        var finished = new ArrayList<Item<M>>();
        for (var item : items) {
            var reason = failed.get(item.message());
            if (reason != null) {
                item.failed(reason);
            } else if (!held.contains(item.message())) {
                finished.add(item);
            }
        }
        items.removeAll(finished);
        return new Round(tags(finished), pace(!failed.isEmpty()));
    }

    private Pace pace(boolean failed) {
        if (items.isEmpty()) {
            return Pace.WHEN_DELIVERED;
        }
        if (items.stream().anyMatch(Item::isHopeless)) {
            return Pace.AT_ONCE;
        }
        return failed ? Pace.AFTER_FAILURE : Pace.WHILE_HELD;
    }

    /** A batch that breaks the handler is tried message by message, so that the culprit is parked and no neighbor. */
    private Handled<M> attempt(List<Item<M>> batch) {
        try {
            return handler.handle(batch.stream().map(Item::message).toList());
        } catch (Unavailable away) {
            throw away;
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError fault) {
            return batch.size() == 1
                    ? new Handled<>(
                            List.of(), List.of(new Failed<>(batch.getFirst().message(), asException(fault))))
                    : oneByOne(batch);
        }
    }

    private Handled<M> oneByOne(List<Item<M>> batch) {
        var held = new ArrayList<M>();
        var failed = new ArrayList<Failed<M>>();
        var blocked = new HashSet<String>();
        for (var item : batch) {
            var key = format.key(item.delivery);
            if (blocked.contains(key)) {
                held.add(item.message());
                continue;
            }
            var alone = attempt(List.of(item));
            held.addAll(alone.held());
            failed.addAll(alone.failed());
            if (!key.isEmpty() && !(alone.held().isEmpty() && alone.failed().isEmpty())) {
                blocked.add(key);
            }
        }
        return new Handled<>(held, failed);
    }

    private static RuntimeException asException(Throwable fault) {
        return fault instanceof RuntimeException exception ? exception : new IllegalStateException(fault);
    }

    private static List<Long> tags(List<? extends Item<?>> items) {
        return items.stream().map(Item::tag).toList();
    }

    /** A delivery, read once. */
    private static final class Item<M> {

        private final Delivery delivery;
        private final @Nullable M message;
        private int attempts;
        private @Nullable RuntimeException reason;

        private Item(Delivery delivery, MessageFormat<M> format) {
            this.delivery = delivery;
            M read = null;
            try {
                read = format.read(delivery);
            } catch (RuntimeException unreadable) {
                failed(unreadable);
            }
            this.message = read;
        }

        private void failed(RuntimeException reason) {
            this.reason = reason;
            attempts++;
        }

        /** What can't be read does not become readable by trying again. */
        private boolean isHopeless() {
            return message == null || reason instanceof UnreadableMessage || attempts >= ATTEMPTS;
        }

        private M message() {
            return requireNonNull(message, "an unreadable message is parked before any is handled");
        }

        private long tag() {
            return delivery.getEnvelope().getDeliveryTag();
        }
    }
}
