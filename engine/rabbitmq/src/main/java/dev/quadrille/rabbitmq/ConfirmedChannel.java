package dev.quadrille.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Return;
import dev.quadrille.kernel.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel in confirm mode, and what was published on it and is not settled. It is retired, with its connection, at
 * the first failure of the channel or of a confirm to come in time: everything unsettled has failed then, and so does
 * whatever is published on it afterwards, so no confirm can be taken for another message's.
 */
final class ConfirmedChannel {

    private static final Logger log = LoggerFactory.getLogger(ConfirmedChannel.class);

    private record Pending(Outgoing message, long deadline, CompletableFuture<Void> confirm) {

        void fail(Unavailable reason) {
            confirm.completeExceptionally(reason);
        }
    }

    private final Channel channel;
    private final Duration confirmWithin;
    private final Runnable drop;
    private final ConcurrentNavigableMap<Long, Pending> unsettled = new ConcurrentSkipListMap<>();
    private final CountDownLatch retired = new CountDownLatch(1);
    private volatile @Nullable String blocked;

    /**
     * Takes over a new channel.
     *
     * @param drop gives up the channel's connection; may be called from any thread, also twice
     */
    ConfirmedChannel(Channel channel, Duration confirmWithin, Runnable drop) throws IOException {
        this.channel = channel;
        this.confirmWithin = confirmWithin;
        this.drop = drop;
        channel.confirmSelect();
        channel.addConfirmListener(
                (tag, multiple) ->
                        settle(tag, multiple, pending -> pending.confirm().complete(null)),
                (tag, multiple) -> settle(tag, multiple, pending -> pending.fail(refused(pending.message()))));
        channel.addReturnListener(this::returned);
        channel.addShutdownListener(signal -> retire(Failures.unavailable("The channel was lost", signal)));
        channel.getConnection().addBlockedListener(reason -> blocked = reason, () -> blocked = null);
        Thread.ofVirtual().name("confirms").start(this::watch);
    }

    boolean isUsable() {
        return retired.getCount() > 0;
    }

    /**
     * Publishes, mandatory and persistent. For one thread at a time: the broker counts messages in their order.
     *
     * @return done once the broker has stored and routed the message, failed with {@link Unavailable} if it can't or
     *     does not say so in time; completed on the connection's own thread, which must not be kept waiting
     */
    CompletableFuture<Void> publish(Outgoing message) {
        var confirm = new CompletableFuture<Void>();
        var reason = blocked;
        if (reason != null) {
            confirm.completeExceptionally(new Unavailable("The broker takes no messages now: " + reason, null));
            return confirm;
        }
        unsettled.put(
                channel.getNextPublishSeqNo(),
                new Pending(message, System.nanoTime() + confirmWithin.toNanos(), confirm));
        if (!isUsable()) {
            retire(new Unavailable("The channel was lost", null));
            return confirm;
        }
        try {
            channel.basicPublish(
                    message.exchange(),
                    message.routingKey(),
                    true,
                    message.properties(),
                    message.body().getBytes(UTF_8));
        } catch (IOException | RuntimeException e) {
            // Whatever it was, the client may have counted a message that the broker has not seen.
            retire(Failures.unavailable("The message could not be sent", e));
        }
        return confirm;
    }

    private void settle(long tag, boolean multiple, Consumer<Pending> how) {
        var settled = multiple ? unsettled.headMap(tag, true) : unsettled.subMap(tag, true, tag, true);
        for (var entry = settled.pollFirstEntry(); entry != null; entry = settled.pollFirstEntry()) {
            how.accept(entry.getValue());
        }
    }

    /**
     * RabbitMQ returns what it can't route and then acknowledges it; Qpid refuses it and then returns it. A return has
     * no number; of two messages with one id both fail, of which one was perhaps taken: that is harmless, the opposite
     * would not be.
     */
    private void returned(Return message) {
        unsettled.values().stream()
                .filter(pending -> pending.message()
                        .messageId()
                        .equals(message.getProperties().getMessageId()))
                .forEach(pending -> pending.fail(refused(pending.message())));
    }

    private static Unavailable refused(Outgoing message) {
        return new Unavailable(
                "The broker has no queue for '%s' on the exchange %s, or can't take the message"
                        .formatted(message.routingKey(), message.exchange()),
                null);
    }

    private void retire(Unavailable reason) {
        retired.countDown();
        settle(Long.MAX_VALUE, true, pending -> pending.fail(reason));
        drop.run();
    }

    /** Waits for the oldest message's confirm, again and again: all have the same patience, so no other is due earlier. */
    private void watch() {
        try {
            while (!retired.await(untilNextIsDue(), TimeUnit.NANOSECONDS)) {
                if (untilNextIsDue() <= 0) {
                    log.warn(
                            "{} messages wait, one without a confirm for {}: the connection is given up",
                            unsettled.size(),
                            confirmWithin);
                    retire(new Unavailable("The broker did not confirm within " + confirmWithin, null));
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody knows this thread to interrupt it", e);
        }
    }

    private long untilNextIsDue() {
        var oldest = unsettled.firstEntry();
        return oldest == null ? confirmWithin.toNanos() : oldest.getValue().deadline() - System.nanoTime();
    }
}
