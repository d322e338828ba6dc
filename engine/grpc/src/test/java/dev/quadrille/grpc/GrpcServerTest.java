package dev.quadrille.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.type.Money;
import dev.quadrille.proto.financing.v1.BidOnInvoiceRequest;
import dev.quadrille.proto.financing.v1.BidOnInvoiceResponse;
import dev.quadrille.proto.financing.v1.CommandServiceGrpc;
import dev.quadrille.proto.financing.v1.GetInvestorRequest;
import dev.quadrille.proto.financing.v1.GetInvestorResponse;
import dev.quadrille.proto.financing.v1.Investor;
import dev.quadrille.proto.financing.v1.ListInvestorsRequest;
import dev.quadrille.proto.financing.v1.QueryServiceGrpc;
import dev.quadrille.proto.financing.v1.WatchInvestorsRequest;
import dev.quadrille.proto.financing.v1.WatchInvestorsResponse;
import io.grpc.CallOptions;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.ConnectivityState;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A real server and a real channel on a loopback port, with financing's contract as an example. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GrpcServerTest {
    private static final String ID = "0198c0de-0000-7000-8000-000000000001";

    /** Long enough never to end a test that is right, and short enough to end one that is wrong. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Queries queries = new Queries();
    private final GrpcServer server =
            GrpcServer.start(new GrpcServer.Settings("127.0.0.1", 0, PATIENCE), List.of(queries, new Commands()));
    private final ManagedChannel channel = NettyChannelBuilder.forAddress(
                    "127.0.0.1", server.port(), InsecureChannelCredentials.create())
            .build();

    /** Answers what the test says, and is out of order unless it says so. */
    private static final class Queries extends QueryServiceGrpc.QueryServiceImplBase {
        private Supplier<Investor> investor = () -> {
            throw new AssertionError("must not be called");
        };
        private final CompletableFuture<StreamObserver<WatchInvestorsResponse>> watcher = new CompletableFuture<>();

        @Override
        public void getInvestor(GetInvestorRequest request, StreamObserver<GetInvestorResponse> responses) {
            Unary.answer(
                    responses,
                    () -> GetInvestorResponse.newBuilder()
                            .setInvestor(investor.get())
                            .build());
        }

        @Override
        public void watchInvestors(WatchInvestorsRequest request, StreamObserver<WatchInvestorsResponse> responses) {
            watcher.complete(responses);
        }
    }

    private static final class Commands extends CommandServiceGrpc.CommandServiceImplBase {
        @Override
        public void bidOnInvoice(BidOnInvoiceRequest request, StreamObserver<BidOnInvoiceResponse> responses) {
            Unary.answer(
                    responses,
                    () -> BidOnInvoiceResponse.newBuilder().setBidId(ID).build());
        }
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.close();
    }

    @Nested
    class A_call {
        @Test
        void is_answered_on_a_virtual_thread() {
            queries.investor = () -> Investor.newBuilder()
                    .setName(Thread.currentThread().isVirtual() ? "virtual" : "platform")
                    .build();

            assertThat(getInvestor().getInvestor().getName()).isEqualTo("virtual");
        }

        @Test
        void ends_with_the_error_that_the_service_throws() {
            queries.investor = () -> {
                throw GrpcErrors.notFound("INVESTOR_NOT_FOUND", "there is no such investor");
            };

            var error = errorOf(GrpcServerTest.this::getInvestor);

            assertThat(error.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
            assertThat(error.getStatus().getDescription()).isEqualTo("there is no such investor");
            assertThat(infoOf(error))
                    .isEqualTo(ErrorInfo.newBuilder()
                            .setDomain("quadrille")
                            .setReason("INVESTOR_NOT_FOUND")
                            .build());
        }

        @Test
        void ends_with_the_error_that_the_service_gives_to_its_observer() throws Exception {
            var errors = new CompletableFuture<Throwable>();
            QueryServiceGrpc.newStub(channel)
                    .watchInvestors(WatchInvestorsRequest.getDefaultInstance(), new Recorder<>() {
                        @Override
                        public void onError(Throwable t) {
                            errors.complete(t);
                        }
                    });

            get(queries.watcher).onError(GrpcErrors.unavailable("DATABASE_AWAY", "try again later"));

            var error = (StatusRuntimeException) get(errors);
            assertThat(error.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
            assertThat(infoOf(error).getReason()).isEqualTo("DATABASE_AWAY");
        }
    }

    @Nested
    class A_bug_of_a_service {
        private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
        private final Logger logger = (Logger) LoggerFactory.getLogger(CleanErrors.class);

        @BeforeEach
        void listen() {
            logger.setAdditive(false);
            logger.addAppender(logged);
            logged.start();
        }

        @AfterEach
        void stop_listening() {
            logger.detachAppender(logged);
            logger.setAdditive(true);
        }

        @Test
        void is_a_bare_INTERNAL_to_the_client_and_one_line_with_the_method_in_the_log() {
            queries.investor = () -> {
                throw new IllegalStateException("secret");
            };

            var error = errorOf(GrpcServerTest.this::getInvestor);

            assertThat(error.getStatus().getCode()).isEqualTo(Code.INTERNAL);
            assertThat(error.getStatus().getDescription()).isNullOrEmpty();
            assertThat(StatusProto.fromThrowable(error).toString()).doesNotContain("secret");
            assertThat(logged.list)
                    .singleElement()
                    .satisfies(line -> assertThat(line.getFormattedMessage())
                            .isEqualTo("financing.v1.QueryService/GetInvestor failed"))
                    .satisfies(line ->
                            assertThat(line.getThrowableProxy().getMessage()).isEqualTo("secret"));
        }

        @Test
        void is_clean_as_well_when_it_comes_as_an_error_of_the_stream() throws Exception {
            var errors = new CompletableFuture<Throwable>();
            QueryServiceGrpc.newStub(channel)
                    .watchInvestors(WatchInvestorsRequest.getDefaultInstance(), new Recorder<>() {
                        @Override
                        public void onError(Throwable t) {
                            errors.complete(t);
                        }
                    });

            get(queries.watcher).onError(new IllegalStateException("secret"));

            var error = (StatusRuntimeException) get(errors);
            assertThat(error.getStatus().getCode()).isEqualTo(Code.INTERNAL);
            assertThat(infoOf(error).getReason()).isEqualTo("INTERNAL_ERROR");
            assertThat(logged.list).hasSize(1);
        }
    }

    /** P9. */
    @Nested
    class A_bad_request_is_INVALID_ARGUMENT {
        @Test
        void with_a_violation_per_fault_when_it_breaks_the_rules() throws Exception {
            var bid = BidOnInvoiceRequest.newBuilder()
                    .setInvestorId("me")
                    .setInvoiceId(ID)
                    .setAmount(Money.newBuilder().setCurrencyCode("euro").setUnits(-1))
                    .build();

            var error =
                    errorOf(() -> CommandServiceGrpc.newBlockingStub(channel).bidOnInvoice(bid));

            assertThat(error.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
            assertThat(infoOf(error).getReason()).isEqualTo("INVALID_REQUEST");
            assertThat(violationsOf(error))
                    .containsExactlyInAnyOrder(
                            GrpcErrors.violation("investor_id", "must be a valid UUID, not \"me\""),
                            GrpcErrors.violation(
                                    "amount",
                                    "currency_code must be three upper-case letters,"
                                            + " not {currency_code: \"euro\" units: -1}"),
                            GrpcErrors.violation(
                                    "amount",
                                    "units must be 0 to 1000000000000, not {currency_code: \"euro\" units: -1}"));
        }

        @Test
        void with_the_index_in_the_path_of_a_repeated_field() throws Exception {
            var list = ListInvestorsRequest.newBuilder()
                    .addInvestorIds(ID)
                    .addInvestorIds("you")
                    .build();

            var error = errorOf(() -> QueryServiceGrpc.newBlockingStub(channel).listInvestors(list));

            assertThat(violationsOf(error))
                    .containsExactly(GrpcErrors.violation("investor_ids[1]", "must be a valid UUID"));
        }

        /** More trailers than 8 KiB are INTERNAL to a client. */
        @Test
        void with_the_first_violations_and_how_many_more_there_are_of_very_many_faults() {
            var list = ListInvestorsRequest.newBuilder()
                    .addAllInvestorIds(Collections.nCopies(1_000, "you"))
                    .build();

            var error = errorOf(() -> QueryServiceGrpc.newBlockingStub(channel).listInvestors(list));

            assertThat(error.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
            var told = violationsOf(error);
            assertThat(told).hasSizeGreaterThan(10);
            assertThat(error.getStatus().getDescription())
                    .startsWith("investor_ids[0]: must be a valid UUID; ")
                    .endsWith("; and " + (1_000 - told.size()) + " more");
        }

        @Test
        void when_its_bytes_are_not_a_message() {
            var error = errorOf(() -> ClientCalls.blockingUnaryCall(
                    channel, raw(MethodType.UNARY), CallOptions.DEFAULT, new byte[] {(byte) 0xff, 1, 2}));

            assertThat(error.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
            assertThat(infoOf(error).getReason()).isEqualTo("MALFORMED_REQUEST");
        }

        @Test
        void when_its_bytes_end_too_early() {
            var whole =
                    GetInvestorRequest.newBuilder().setInvestorId(ID).build().toByteArray();
            var half = Arrays.copyOf(whole, whole.length / 2);

            var error = errorOf(
                    () -> ClientCalls.blockingUnaryCall(channel, raw(MethodType.UNARY), CallOptions.DEFAULT, half));

            assertThat(error.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        }

        @Test
        void when_a_text_is_not_UTF_8() {
            var error = errorOf(() -> ClientCalls.blockingUnaryCall(
                    channel, raw(MethodType.UNARY), CallOptions.DEFAULT, new byte[] {10, 1, (byte) 0xff}));

            assertThat(error.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        }

        @Test
        void when_there_is_no_message() throws Exception {
            assertThat(sent(List.of()).getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        }

        @Test
        void when_there_are_two_messages() throws Exception {
            var one = GetInvestorRequest.newBuilder().setInvestorId(ID).build().toByteArray();

            assertThat(sent(List.of(one, one)).getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        }

        @Test
        void when_its_compression_is_none() {
            var registry = CompressorRegistry.newEmptyInstance();
            registry.register(new Compressor() {
                @Override
                public String getMessageEncoding() {
                    return "gzip";
                }

                @Override
                public OutputStream compress(OutputStream to) {
                    return to;
                }
            });
            var lying = NettyChannelBuilder.forAddress("127.0.0.1", server.port(), InsecureChannelCredentials.create())
                    .compressorRegistry(registry)
                    .build();

            var error = errorOf(() -> QueryServiceGrpc.newBlockingStub(lying)
                    .withCompression("gzip")
                    .getInvestor(
                            GetInvestorRequest.newBuilder().setInvestorId(ID).build()));
            lying.shutdownNow();

            assertThat(error.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        }

        private StatusRuntimeException sent(List<byte[]> messages) throws Exception {
            var end = new CompletableFuture<Throwable>();
            var requests = ClientCalls.asyncClientStreamingCall(
                    channel.newCall(raw(MethodType.CLIENT_STREAMING), CallOptions.DEFAULT), new Recorder<byte[]>() {
                        @Override
                        public void onError(Throwable t) {
                            end.complete(t);
                        }
                    });
            messages.forEach(requests::onNext);
            requests.onCompleted();
            return (StatusRuntimeException) get(end);
        }

        private MethodDescriptor<byte[], byte[]> raw(MethodType type) {
            return QueryServiceGrpc.getGetInvestorMethod().toBuilder(new WireClient.Bytes(), new WireClient.Bytes())
                    .setType(type)
                    .build();
        }
    }

    @Test
    void a_message_beyond_4_MiB_is_RESOURCE_EXHAUSTED_packed_or_not() {
        var huge = ListInvestorsRequest.newBuilder()
                .setPageToken("x".repeat(5 << 20))
                .build();
        var queries = QueryServiceGrpc.newBlockingStub(channel);

        for (var stub : List.of(queries, queries.withCompression("gzip"))) {
            assertThat(errorOf(() -> stub.listInvestors(huge)).getStatus().getCode())
                    .isEqualTo(Code.RESOURCE_EXHAUSTED);
        }
    }

    @Test
    void reflection_lists_every_service() throws Exception {
        var names = new CompletableFuture<List<String>>();
        var requests = ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new Recorder<>() {
            @Override
            public void onNext(ServerReflectionResponse response) {
                names.complete(response.getListServicesResponse().getServiceList().stream()
                        .map(service -> service.getName())
                        .toList());
            }
        });

        requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());

        assertThat(get(names))
                .containsExactlyInAnyOrder(
                        "financing.v1.CommandService",
                        "financing.v1.QueryService",
                        "grpc.health.v1.Health",
                        "grpc.reflection.v1.ServerReflection",
                        "grpc.reflection.v1alpha.ServerReflection");
        requests.onCompleted();
    }

    @Test
    void health_is_told_for_each_service_and_for_all() {
        for (var entry : List.of("", "financing.v1.CommandService", "financing.v1.QueryService")) {
            assertThat(health(entry)).isEqualTo(ServingStatus.SERVING);
            server.serving(false);
            assertThat(health(entry)).isEqualTo(ServingStatus.NOT_SERVING);
            server.serving(true);
        }
    }

    @Test
    void an_address_in_use_is_told() {
        assertThatThrownBy(() -> GrpcServer.start(new GrpcServer.Settings("127.0.0.1", server.port()), List.of()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("can't listen on 127.0.0.1:" + server.port());
    }

    /** P10. */
    @Nested
    class Draining {
        @Test
        void turns_health_NOT_SERVING_takes_no_new_call_and_lets_a_running_one_finish() throws Exception {
            var began = new CountDownLatch(1);
            var mayEnd = new CountDownLatch(1);
            queries.investor = () -> {
                began.countDown();
                await(mayEnd);
                return Investor.newBuilder().setName("late").build();
            };
            var seen = new ArrayList<ServingStatus>();
            var notServing = new CompletableFuture<List<ServingStatus>>();
            HealthGrpc.newStub(channel).watch(HealthCheckRequest.getDefaultInstance(), new Recorder<>() {
                @Override
                public void onNext(HealthCheckResponse response) {
                    seen.add(response.getStatus());
                    if (response.getStatus() == ServingStatus.NOT_SERVING) {
                        notServing.complete(seen);
                    }
                }
            });
            var answer = QueryServiceGrpc.newFutureStub(channel)
                    .getInvestor(
                            GetInvestorRequest.newBuilder().setInvestorId(ID).build());
            await(began);
            var disconnected = new CompletableFuture<Boolean>();
            channel.notifyWhenStateChanged(ConnectivityState.READY, () -> disconnected.complete(true));

            server.drain();

            assertThat(get(notServing)).endsWith(ServingStatus.NOT_SERVING);
            get(disconnected);
            assertThat(errorOf(GrpcServerTest.this::getInvestor).getStatus().getCode())
                    .isEqualTo(Code.UNAVAILABLE);
            mayEnd.countDown();
            assertThat(answer.get(PATIENCE.toSeconds(), SECONDS).getInvestor().getName())
                    .isEqualTo("late");
        }

        @Test
        void cuts_off_what_has_not_ended_within_the_grace() throws Exception {
            var queries = new Queries();
            var hasty =
                    GrpcServer.start(new GrpcServer.Settings("127.0.0.1", 0, Duration.ofMillis(1)), List.of(queries));
            var hastyChannel = NettyChannelBuilder.forAddress(
                            "127.0.0.1", hasty.port(), InsecureChannelCredentials.create())
                    .build();
            var end = new CompletableFuture<Throwable>();
            QueryServiceGrpc.newStub(hastyChannel)
                    .watchInvestors(WatchInvestorsRequest.getDefaultInstance(), new Recorder<>() {
                        @Override
                        public void onError(Throwable t) {
                            end.complete(t);
                        }
                    });
            get(queries.watcher);

            hasty.close();
            hasty.close();

            assertThat(((StatusRuntimeException) get(end)).getStatus().getCode())
                    .isIn(Code.UNAVAILABLE, Code.CANCELLED);
            hastyChannel.shutdownNow();
        }
    }

    private GetInvestorResponse getInvestor() {
        return QueryServiceGrpc.newBlockingStub(channel)
                .getInvestor(GetInvestorRequest.newBuilder().setInvestorId(ID).build());
    }

    private ServingStatus health(String entry) {
        return HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.newBuilder().setService(entry).build())
                .getStatus();
    }

    private static StatusRuntimeException errorOf(Supplier<?> call) {
        return Objects.requireNonNull(catchThrowableOfType(StatusRuntimeException.class, call::get));
    }

    private static ErrorInfo infoOf(StatusRuntimeException error) {
        return detailsOf(error, ErrorInfo.class).getFirst();
    }

    private static List<BadRequest.FieldViolation> violationsOf(StatusRuntimeException error) {
        return detailsOf(error, BadRequest.class).getFirst().getFieldViolationsList();
    }

    private static <T extends Message> List<T> detailsOf(StatusRuntimeException error, Class<T> type) {
        return Objects.requireNonNull(StatusProto.fromThrowable(error)).getDetailsList().stream()
                .filter(detail -> detail.is(type))
                .map(detail -> {
                    try {
                        return detail.unpack(type);
                    } catch (InvalidProtocolBufferException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE.toSeconds(), SECONDS);
    }

    private static class Recorder<T> implements StreamObserver<T> {
        @Override
        public void onNext(T value) {}

        @Override
        public void onError(Throwable t) {}

        @Override
        public void onCompleted() {}
    }
}
