package dev.quadrille.listener;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.quadrille.commands.CommandQueue;
import dev.quadrille.commands.Traceparent;
import dev.quadrille.domain.Installation;
import dev.quadrille.grpc.GrpcServer;
import dev.quadrille.grpc.WireClient;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.proto.financing.v1.CommandServiceGrpc;
import dev.quadrille.proto.financing.v1.CommandServiceGrpc.CommandServiceBlockingStub;
import dev.quadrille.rabbitmq.CommandIntake;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The service as a client meets it, in front of a bus that takes everything and keeps it. */
final class TestService implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final List<CommandEnvelope> enqueued = new CopyOnWriteArrayList<>();
    private final GrpcServer server;
    private final ManagedChannel channel;

    TestService() {
        this(_ -> {});
    }

    /** @param bus is given each command once it is kept, on the thread of its call */
    TestService(CommandIntake bus) {
        CommandIntake intake = command -> {
            enqueued.add(command);
            bus.submit(command);
        };
        var clock = InstantSource.fixed(NOW);
        server = GrpcServer.start(
                new GrpcServer.Settings("127.0.0.1", 0),
                ListenerApplication.services(new CommandQueue(intake, Installation.codec(), clock), clock));
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }

    CommandServiceBlockingStub stub() {
        return CommandServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, SECONDS);
    }

    dev.quadrille.proto.billing.v1.CommandServiceGrpc.CommandServiceBlockingStub billing() {
        return dev.quadrille.proto.billing.v1.CommandServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(60, SECONDS);
    }

    dev.quadrille.proto.reports.v1.CommandServiceGrpc.CommandServiceBlockingStub reports() {
        return dev.quadrille.proto.reports.v1.CommandServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(60, SECONDS);
    }

    dev.quadrille.proto.catering.v1.CommandServiceGrpc.CommandServiceBlockingStub catering() {
        return dev.quadrille.proto.catering.v1.CommandServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(60, SECONDS);
    }

    CommandServiceBlockingStub traced(String traceparent) {
        var headers = new Metadata();
        headers.put(Traceparent.HEADER, traceparent);
        return stub().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** A client that may send anything. */
    WireClient client() {
        return new WireClient(server.port());
    }

    DynamicMessage call(MethodDescriptor method, DynamicMessage request) {
        var call = io.grpc.MethodDescriptor.newBuilder(
                        ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())),
                        ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
                .setType(MethodType.UNARY)
                .setFullMethodName(io.grpc.MethodDescriptor.generateFullMethodName(
                        method.getService().getFullName(), method.getName()))
                .build();
        return ClientCalls.blockingUnaryCall(
                channel, call, CallOptions.DEFAULT.withDeadlineAfter(60, SECONDS), request);
    }

    /** What reached the bus, in order. */
    List<CommandEnvelope> enqueued() {
        return enqueued;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.close();
    }
}
