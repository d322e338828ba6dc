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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a consumer has in hand, in the order of the queue, from their delivery until they are handled or
 * parked (P6). Knows no channel: what a round has finished, the consumer acknowledges. For one thread.
 */
final class Workload<M> {

    /** How often a message may fail for a reason of its own before it is parked. */
    static final int ATTEMPTS = 3;

    /**
     * Sets messages aside, and knows behind which there are some.
     *
     * <p>Every call may throw {@link Unavailable}: the message is kept, and tried again.
     */
    interface Parker {

        /** Returns once it is stored. */
        void park(Delivery delivery, int attempts, RuntimeException reason);

        /** Stores it behind those of its key; false if there are none any more. */
        boolean parkBehind(Delivery delivery);

        /** The keys of which there are some. */
        Set<String> closedKeys();
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

    /** Null until the first round: who consumed before this may have parked until the first message was delivered here. */
    private @Nullable Set<String> closedKeys;

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
     * Parks what is beyond hope and what stands behind it, if there is such; else lets the handler try all that is in
     * hand.
     *
     * @throws Unavailable if a server is away: call again, nothing is finished
     */
    Round round() {
        var parked = park();
        if (parked.isEmpty()) {
            return handle();
        }
        items.removeAll(parked);
        return new Round(tags(parked), items.isEmpty() ? Pace.WHEN_DELIVERED : Pace.AT_ONCE);
    }

    private List<Item<M>> park() {
        if (closedKeys == null) {
            closedKeys = new HashSet<>(parker.closedKeys());
        }
        var parked = new ArrayList<Item<M>>();
        for (var item : items) {
            if (item.isHopeless()) {
                parker.park(item.delivery, item.attempts, requireNonNull(item.reason));
                closedKeys.add(format.key(item.delivery));
                parked.add(item);
            } else if (!closedKeys.isEmpty() && closedKeys.contains(format.key(item.delivery))) {
                if (parker.parkBehind(item.delivery)) {
                    parked.add(item);
                } else {
                    closedKeys.remove(format.key(item.delivery));
                }
            }
        }
        return parked;
    }

    /** Two equal messages in one batch share their fate: to handle one of them again is harmless, to lose it is not. */
    private Round handle() {
        var handled = attemptAll();
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

    /** What has failed before is tried alone, so that it does not spoil a batch again. */
    private Handled<M> attemptAll() {
        var suspects = items.stream().filter(Item::hasFailed).map(Item::message).toList();
        var others = items.stream()
                .filter(item -> !item.hasFailed())
                .map(Item::message)
                .toList();
        var handled = new ArrayList<Handled<M>>();
        suspects.forEach(suspect -> handled.add(Handled.inHalves(List.of(suspect), this::keyOf, handler)));
        handled.add(Handled.inHalvesBehind(suspects, others, this::keyOf, handler));
        return Handled.together(handled);
    }

    /** Asked only once something has failed. Equal messages have one key. */
    private @Nullable Object keyOf(M message) {
        return items.stream()
                .filter(item -> item.message().equals(message))
                .map(item -> format.key(item.delivery))
                .filter(key -> !key.isEmpty())
                .findFirst()
                .orElse(null);
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

        private boolean hasFailed() {
            return attempts > 0;
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
