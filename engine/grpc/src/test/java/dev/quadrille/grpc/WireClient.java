package dev.quadrille.grpc;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * A client that knows a server by its reflection alone, as grpcurl does, and may send it any bytes. A method or a field that
 * is added to a service later is so in every test that uses this. Safe to share between threads.
 */
public final class WireClient implements AutoCloseable {
    /** How long a call may take; none that is expected to answer comes near it. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ManagedChannel channel;

    /** A client of the server at this port of the loopback. It keeps all limits of a grpc-java client. */
    public WireClient(int port) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    /**
     * How a call ended.
     *
     * @param code OK as soon as there is an answer, also when a stream of more would follow
     * @param message of an error, empty otherwise
     * @param reasons of its {@link ErrorInfo}s: one in each error that our services tell
     * @param violations of its {@link BadRequest}
     */
    public record Ended(Code code, String message, List<String> reasons, List<FieldViolation> violations) {
        /** The fields that are blamed, one for each violation. */
        public List<String> faults() {
            return violations.stream().map(FieldViolation::getField).toList();
        }

        /** Whether the server took the request for a good one: it answered, or found nothing, or was still at it. */
        public boolean isServed() {
            return code == Code.OK || code == Code.NOT_FOUND || code == Code.DEADLINE_EXCEEDED;
        }
    }

    /** All methods of the server but those of gRPC itself. */
    public List<MethodDescriptor> methods() {
        var files = new HashMap<String, FileDescriptorProto>();
        var names = reflect(
                        ServerReflectionRequest.newBuilder().setListServices("").build())
                .getListServicesResponse()
                .getServiceList()
                .stream()
                .map(service -> service.getName())
                .filter(name -> !name.startsWith("grpc."))
                .toList();
        for (var name : names) {
            reflect(ServerReflectionRequest.newBuilder()
                            .setFileContainingSymbol(name)
                            .build())
                    .getFileDescriptorResponse()
                    .getFileDescriptorProtoList()
                    .forEach(bytes -> {
                        var file = parsed(bytes);
                        files.put(file.getName(), file);
                    });
        }
        var built = new HashMap<String, FileDescriptor>();
        return List.copyOf(files.keySet()).stream()
                .map(file -> build(file, files, built))
                .flatMap(file -> file.getServices().stream())
                .filter(service -> names.contains(service.getFullName()))
                .flatMap(service -> service.getMethods().stream())
                .toList();
    }

    private ServerReflectionResponse reflect(ServerReflectionRequest request) {
        var answer = new CompletableFuture<ServerReflectionResponse>();
        var requests = ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new StreamObserver<>() {
            @Override
            public void onNext(ServerReflectionResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable t) {
                answer.completeExceptionally(t);
            }

            @Override
            public void onCompleted() {}
        });
        requests.onNext(request);
        requests.onCompleted();
        return answer.orTimeout(PATIENCE.toSeconds(), SECONDS).join();
    }

    private static FileDescriptorProto parsed(ByteString bytes) {
        try {
            return FileDescriptorProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileDescriptor build(
            String name, Map<String, FileDescriptorProto> files, Map<String, FileDescriptor> built) {
        var known = built.get(name);
        if (known != null) {
            return known;
        }
        var file = requireNonNull(files.get(name), name);
        try {
            var descriptor = FileDescriptor.buildFrom(
                    file,
                    file.getDependencyList().stream()
                            .map(each -> build(each, files, built))
                            .toArray(FileDescriptor[]::new));
            built.put(name, descriptor);
            return descriptor;
        } catch (DescriptorValidationException e) {
            throw new AssertionError(e);
        }
    }

    /** Calls a method and waits for its first answer or its error. */
    public Ended call(MethodDescriptor method, Message request) {
        return call(method, request, PATIENCE);
    }

    /** Calls a method and waits for its first answer or its error. */
    public Ended call(MethodDescriptor method, Message request, Duration deadline) {
        return send(method, request.toByteArray(), deadline, new Metadata()).join();
    }

    /**
     * Calls a method. Whoever cancels the future cancels the call.
     *
     * @param request need not be one
     * @param deadline zero for none
     * @param headers to go with it
     */
    public CompletableFuture<Ended> send(MethodDescriptor method, byte[] request, Duration deadline, Metadata headers) {
        var ended = new CompletableFuture<Ended>();
        var call = io.grpc.MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                .setType(method.isServerStreaming() ? MethodType.SERVER_STREAMING : MethodType.UNARY)
                .setFullMethodName(io.grpc.MethodDescriptor.generateFullMethodName(
                        method.getService().getFullName(), method.getName()))
                .build();
        Channel line = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
        var options = deadline.isPositive() ? CallOptions.DEFAULT.withDeadlineAfter(deadline) : CallOptions.DEFAULT;
        var running = line.newCall(call, options);
        ClientCalls.asyncServerStreamingCall(running, request, new First(ended));
        var _ = ended.whenComplete((_, _) -> running.cancel("No more is wanted", null));
        return ended;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private record First(CompletableFuture<Ended> ended) implements StreamObserver<byte[]> {
        @Override
        public void onNext(byte[] answer) {
            ended.complete(new Ended(Code.OK, "", List.of(), List.of()));
        }

        @Override
        public void onError(Throwable t) {
            ended.complete(ended(t));
        }

        @Override
        public void onCompleted() {
            ended.complete(new Ended(Code.OK, "", List.of(), List.of()));
        }

        private static Ended ended(Throwable t) {
            var status = Status.fromThrowable(t);
            var details = requireNonNull(StatusProto.fromThrowable(t)).getDetailsList();
            return new Ended(
                    status.getCode(),
                    status.getDescription() == null ? "" : status.getDescription(),
                    unpacked(details, ErrorInfo.class).map(ErrorInfo::getReason).toList(),
                    unpacked(details, BadRequest.class)
                            .flatMap(bad -> bad.getFieldViolationsList().stream())
                            .toList());
        }

        private static <T extends Message> Stream<T> unpacked(List<Any> details, Class<T> type) {
            return details.stream().filter(detail -> detail.is(type)).map(detail -> {
                try {
                    return detail.unpack(type);
                } catch (InvalidProtocolBufferException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** Messages as they travel, whatever they are. */
    record Bytes() implements Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
