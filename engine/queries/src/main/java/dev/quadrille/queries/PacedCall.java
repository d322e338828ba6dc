package dev.quadrille.queries;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * A call with a stream of answers that are sent no faster than the caller takes them. Made on the call's thread; then used
 * by one other.
 */
final class PacedCall<M> {

    private final ServerCallStreamObserver<M> responses;
    private volatile CompletableFuture<Void> ready = new CompletableFuture<>();

    PacedCall(ServerCallStreamObserver<M> responses) {
        this.responses = responses;
        responses.setOnReadyHandler(() -> ready.complete(null));
        // Without a handler, sending to a caller who has gone would be an error.
        responses.setOnCancelHandler(() -> {});
    }

    /**
     * Sends an answer as soon as there is room for it.
     *
     * @throws CancellationException if the call has ended
     */
    void send(M message) {
        while (!responses.isReady()) {
            var next = new CompletableFuture<Void>();
            ready = next;
            // It may have become ready before the handler could know of the future.
            if (!responses.isReady()) {
                Calls.await(next);
            }
        }
        responses.onNext(message);
    }

    /** Ends the call. */
    void fail(RuntimeException reason) {
        responses.onError(reason);
    }
}
