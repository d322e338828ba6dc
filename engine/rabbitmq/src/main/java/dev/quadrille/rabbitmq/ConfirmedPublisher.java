package dev.quadrille.rabbitmq;

import static java.util.Objects.requireNonNull;

import com.rabbitmq.client.ShutdownSignalException;
import dev.quadrille.kernel.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes with a confirm for every message, so that "done" means stored and routed by the broker (P1). Safe to share
 * between threads: all share one channel and none waits for another's confirm. One for a service is enough. A lost
 * connection is opened again by the next message.
 */
public final class ConfirmedPublisher implements AutoCloseable {

    /** How many messages may wait for their confirms, unless said otherwise. */
    public static final int MAX_UNCONFIRMED = 1_000;

    /** How long a confirm may take, unless said otherwise. */
    public static final Duration CONFIRM_WITHIN = Duration.ofSeconds(5);

    private final BrokerConnection connection;
    private final int maxUnconfirmed;
    private final Duration confirmWithin;
    private final Semaphore room;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable ConfirmedChannel current;

    public ConfirmedPublisher(BrokerSettings settings, Topology topology) {
        this(settings, topology, MAX_UNCONFIRMED, CONFIRM_WITHIN);
    }

    /**
     * Connects when the first message comes.
     *
     * @param maxUnconfirmed how many messages may wait for their confirms at a time
     * @param confirmWithin how long a confirm may take before the message has failed and the connection is given up
     */
    public ConfirmedPublisher(BrokerSettings settings, Topology topology, int maxUnconfirmed, Duration confirmWithin) {
        this.connection = new BrokerConnection(settings, "publisher", topology);
        this.maxUnconfirmed = maxUnconfirmed;
        this.confirmWithin = confirmWithin;
        this.room = new Semaphore(maxUnconfirmed, true);
    }

    /** Whether a message would find the broker there now. Connects if need be, as often as the back-off allows. */
    public boolean connect() {
        try {
            inTurn(this::channel);
            return true;
        } catch (Unavailable away) {
            return false;
        }
    }

    /**
     * Publishes one message, for a caller that would rather give up than queue.
     *
     * @return done once the message is stored and routed. Failed with {@link TooManyUnconfirmed} at once if there is no
     *     room, with {@link Unavailable} if the broker is away, has no route, or does not confirm in time: whether it
     *     has taken the message is then unknown. May be completed on the connection's own thread: don't block in what
     *     follows it.
     */
    public CompletableFuture<Void> publish(Outgoing message) {
        return room.tryAcquire()
                ? send(message, this::channel)
                : CompletableFuture.failedFuture(new TooManyUnconfirmed(maxUnconfirmed));
    }

    /**
     * Publishes any number of messages in order and waits for all their confirms. Where there is no room it waits for
     * some. All go through one channel, and none is sent after the first known failure: when the channel is lost, what
     * the broker has taken is a beginning without a gap, and a repeat of the whole keeps the order.
     *
     * @throws Unavailable if one of them failed: some may have been taken
     */
    public void publishAll(List<Outgoing> messages) {
        if (messages.isEmpty()) {
            return;
        }
        var channel = inTurn(this::channel);
        var failed = new AtomicBoolean();
        var confirms = new ArrayList<CompletableFuture<Void>>(messages.size());
        for (var message : messages) {
            if (failed.get()) {
                break;
            }
            awaitRoom();
            confirms.add(send(message, () -> channel).whenComplete((_, failure) -> {
                if (failure != null) {
                    failed.set(true);
                }
            }));
        }
        await(CompletableFuture.allOf(confirms.toArray(CompletableFuture[]::new)));
    }

    /** Takes no more, lets what is on its way be confirmed, and closes the connection. */
    @Override
    public void close() {
        var drained = false;
        try {
            drained = room.tryAcquire(maxUnconfirmed, confirmWithin.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
        if (drained) {
            room.release(maxUnconfirmed);
        }
    }

    /** Waits for a confirm, which comes or fails within the time that it may take. */
    static void await(CompletableFuture<Void> confirm) {
        try {
            confirm.get();
        } catch (InterruptedException e) {
            throw Failures.interrupted(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TooManyUnconfirmed tooMany) {
                throw tooMany;
            }
            throw Failures.unavailable("Not published", requireNonNull(e.getCause()));
        }
    }

    /** For a caller that has been given room, which is free again when this is done. */
    private CompletableFuture<Void> send(Outgoing message, Supplier<ConfirmedChannel> channel) {
        CompletableFuture<Void> confirm;
        try {
            confirm = inTurn(() -> channel.get().publish(message));
        } catch (RuntimeException e) {
            confirm = CompletableFuture.failedFuture(e);
        }
        return confirm.whenComplete((_, _) -> room.release());
    }

    private void awaitRoom() {
        try {
            if (!room.tryAcquire(confirmWithin.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Unavailable("No room for another unconfirmed message within " + confirmWithin, null);
            }
        } catch (InterruptedException e) {
            throw Failures.interrupted(e);
        }
    }

    /** One thread publishes at a time. It may hang in writing until the connection is given up. */
    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!turn.tryLock(confirmWithin.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Unavailable("The connection to the broker is stuck", null);
            }
        } catch (InterruptedException e) {
            throw Failures.interrupted(e);
        }
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }

    private ConfirmedChannel channel() {
        if (current == null || !current.isUsable()) {
            var channel = connection.openChannel();
            var owner = channel.getConnection();
            try {
                current = new ConfirmedChannel(channel, confirmWithin, () -> connection.drop(owner));
            } catch (IOException | ShutdownSignalException e) {
                connection.drop(owner);
                throw Failures.unavailable("No channel with confirms", e);
            }
        }
        return current;
    }
}
