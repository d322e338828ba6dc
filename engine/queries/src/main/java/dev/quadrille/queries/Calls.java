package dev.quadrille.queries;

import dev.quadrille.grpc.GrpcErrors;
import dev.quadrille.grpc.Unary;
import dev.quadrille.kernel.Unavailable;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** What the calls of the query side have in common: how they wait, and what they answer when the database is away. */
public final class Calls {

    private Calls() {}

    /** Answers a call that has one answer, with UNAVAILABLE if that needs a database that is away. */
    public static <R> void answer(StreamObserver<R> responses, Supplier<R> answer) {
        Unary.answer(responses, () -> checked(answer));
    }

    /**
     * Takes a step of a call.
     *
     * @throws StatusRuntimeException UNAVAILABLE if the step threw {@link Unavailable}
     */
    public static <T> T checked(Supplier<T> step) {
        try {
            return step.get();
        } catch (Unavailable away) {
            throw unavailable();
        }
    }

    /** What a call ends with when its database is away, or when this service stops. */
    static StatusRuntimeException unavailable() {
        return GrpcErrors.unavailable(
                "DATABASE_UNAVAILABLE", "The database is away, or this server is stopping; try again");
    }

    /**
     * Waits on the thread of a call, and no longer than the call lasts.
     *
     * @throws CancellationException if the call has ended, or if the future was canceled or timed out
     * @throws Unavailable if the future ended so
     */
    static <T> T await(CompletableFuture<T> future) {
        Context.CancellationListener giveUp = _ -> future.cancel(false);
        var call = Context.current();
        call.addListener(giveUp, Runnable::run);
        try {
            return future.join();
        } catch (CompletionException failed) {
            throw switch (failed.getCause()) {
                case TimeoutException _ -> new CancellationException("Timed out");
                case RuntimeException cause -> cause;
                case null, default -> failed;
            };
        } finally {
            call.removeListener(giveUp);
        }
    }

    /**
     * Waits within the deadline of the call.
     *
     * @param withoutDeadline how long to wait if the call has none
     * @param late what to throw when that is over
     */
    public static <T> T await(
            CompletableFuture<T> future, Duration withoutDeadline, Supplier<StatusRuntimeException> late) {
        if (Context.current().getDeadline() == null) {
            future.orTimeout(withoutDeadline.toNanos(), TimeUnit.NANOSECONDS);
        }
        try {
            return await(future);
        } catch (CancellationException over) {
            throw late.get();
        }
    }
}
