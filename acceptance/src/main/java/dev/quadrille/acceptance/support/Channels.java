package dev.quadrille.acceptance.support;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;

/** Channels on which no call outlasts {@link Patience}. */
public final class Channels {

    private Channels() {}

    public static ManagedChannel open(String address) {
        return channel(address).build();
    }

    /** A channel whose calls belong to a trace. */
    public static ManagedChannel open(String address, String traceparent) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("traceparent", ASCII_STRING_MARSHALLER), traceparent);
        return channel(address)
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                .build();
    }

    private static ManagedChannelBuilder<?> channel(String address) {
        return ManagedChannelBuilder.forTarget(address).usePlaintext().intercept(new Bounded());
    }

    private static final class Bounded implements ClientInterceptor {
        @Override
        public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
            var bounded = options.getDeadline() == null
                    ? options.withDeadlineAfter(Patience.BUDGET.toMillis(), TimeUnit.MILLISECONDS)
                    : options;
            return next.newCall(method, bounded);
        }
    }
}
