package dev.quadrille.grpc;

import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/**
 * Answers calls that have one answer. {@link GrpcServer} runs each call on a virtual thread of its own, so the answer may
 * wait for a broker or a database.
 */
public final class Unary {
    private Unary() {}

    /**
     * Sends the one answer of a call and ends it.
     *
     * @param answer makes the answer on the calling thread; what it throws ends the call with an error, see {@link
     *     GrpcErrors}
     */
    public static <R> void answer(StreamObserver<R> responses, Supplier<R> answer) {
        responses.onNext(answer.get());
        responses.onCompleted();
    }
}
