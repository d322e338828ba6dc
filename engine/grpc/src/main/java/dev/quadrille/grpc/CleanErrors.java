package dev.quadrille.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends every call that goes wrong with a clear status, once: bytes that are no request with INVALID_ARGUMENT, what a
 * service throws as {@link GrpcErrors} as it stands, and anything unforeseen with a bare INTERNAL and a line in the log.
 */
final class CleanErrors implements ServerInterceptor {
    private static final Logger log = LoggerFactory.getLogger(CleanErrors.class);

    private CleanErrors() {}

    /**
     * The service with clean errors. They must see the bytes of a message, because grpc-java parses it outside of every
     * interceptor and answers UNKNOWN when it can't.
     */
    static ServerServiceDefinition around(ServerServiceDefinition service) {
        return ServerInterceptors.intercept(
                ServerInterceptors.useMarshalledMessages(service, new Bytes()), new CleanErrors());
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        var clean = new CleanCall<>(call);
        try {
            return new CleanListener<>(next.startCall(clean, headers), clean);
        } catch (Throwable t) {
            clean.fail(t);
            return new ServerCall.Listener<>() {};
        }
    }

    private static final class CleanCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
        private final AtomicBoolean closed = new AtomicBoolean();

        CleanCall(ServerCall<Q, R> call) {
            super(call);
        }

        boolean isClosed() {
            return closed.get();
        }

        /** Closes the call, unless it is closed already; a status that tells a client nothing is told to the log instead. */
        @Override
        public void close(Status status, Metadata trailers) {
            var told = closed.compareAndSet(false, true);
            switch (status.getCode()) {
                case INTERNAL, UNKNOWN -> {
                    var cause = status.getCause();
                    log.error(
                            "{} failed",
                            getMethodDescriptor().getFullMethodName(),
                            cause == null ? status.asRuntimeException() : cause);
                    if (told) {
                        closeWith(GrpcErrors.internal());
                    }
                }
                default -> {
                    if (told) {
                        super.close(status, trailers);
                    }
                }
            }
        }

        void fail(Throwable thrown) {
            if (thrown instanceof StatusRuntimeException error) {
                var trailers = error.getTrailers();
                close(error.getStatus(), trailers == null ? new Metadata() : trailers);
            } else {
                close(Status.UNKNOWN.withCause(thrown), new Metadata());
            }
        }

        private void closeWith(StatusRuntimeException error) {
            super.close(error.getStatus(), error.getTrailers());
        }
    }

    private static final class CleanListener<Q, R> extends SimpleForwardingServerCallListener<Q> {
        private final CleanCall<Q, R> call;

        CleanListener(ServerCall.Listener<Q> listener, CleanCall<Q, R> call) {
            super(listener);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            unlessClosed(() -> {
                try {
                    super.onMessage(message);
                } catch (RuntimeException e) {
                    throw e.getCause() instanceof IOException
                            ? GrpcErrors.malformed("the request is not a readable message of its type")
                            : e;
                }
            });
        }

        @Override
        public void onHalfClose() {
            unlessClosed(super::onHalfClose);
        }

        @Override
        public void onReady() {
            unlessClosed(super::onReady);
        }

        @Override
        public void onCancel() {
            attempt(super::onCancel);
        }

        @Override
        public void onComplete() {
            attempt(super::onComplete);
        }

        /** A refused call still delivers what the client has sent, which the service must not see. */
        private void unlessClosed(Runnable step) {
            if (!call.isClosed()) {
                attempt(step);
            }
        }

        private void attempt(Runnable step) {
            try {
                step.run();
            } catch (Throwable t) {
                call.fail(t);
            }
        }
    }

    private record Bytes() implements Marshaller<InputStream> {
        @Override
        public InputStream stream(InputStream message) {
            return message;
        }

        @Override
        public InputStream parse(InputStream message) {
            return message;
        }
    }
}
