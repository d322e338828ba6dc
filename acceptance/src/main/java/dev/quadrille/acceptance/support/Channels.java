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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Channels to a server, or to several instances of it in turn, on which no call outlasts {@link Patience}. */
public final class Channels {

    private Channels() {}

    /**
     * A channel to a server.
     *
     * @param addresses of its instances, each host:port, with commas between them
     */
    public static ManagedChannel open(String addresses) {
        return channel(addresses, List.of());
    }

    /** A channel whose calls belong to a trace. */
    public static ManagedChannel open(String addresses, String traceparent) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("traceparent", ASCII_STRING_MARSHALLER), traceparent);
        return channel(addresses, List.of(MetadataUtils.newAttachHeadersInterceptor(headers)));
    }

    private static ManagedChannel channel(String addresses, List<ClientInterceptor> interceptors) {
        return new InTurn(Stream.of(addresses.split(","))
                .map(address -> ManagedChannelBuilder.forTarget(address)
                        .usePlaintext()
                        .intercept(new Bounded())
                        .intercept(interceptors)
                        .build())
                .toList());
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
