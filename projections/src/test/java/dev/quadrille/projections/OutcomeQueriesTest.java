package dev.quadrille.projections;

import static io.grpc.Status.Code.DEADLINE_EXCEEDED;
import static io.grpc.Status.Code.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.grpc.GrpcServer;
import dev.quadrille.kernel.Commit;
import dev.quadrille.kernel.Conflict;
import dev.quadrille.kernel.ConsistencyToken;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.Parking;
import dev.quadrille.kernel.Parking.Failure;
import dev.quadrille.kernel.Rejection;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.StreamVersion;
import dev.quadrille.postgres.Postgres;
import dev.quadrille.postgres.PostgresOutcomes;
import dev.quadrille.postgres.PostgresParking;
import dev.quadrille.proto.command.v1.AwaitOutcomeRequest;
import dev.quadrille.proto.command.v1.AwaitOutcomeResponse;
import dev.quadrille.proto.command.v1.GetOutcomeRequest;
import dev.quadrille.proto.command.v1.OutcomeServiceGrpc;
import dev.quadrille.proto.command.v1.OutcomeStatus;
import dev.quadrille.queries.OutcomeQueries;
import dev.quadrille.testkit.InMemoryStore;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OutcomeQueriesTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final StreamVersion REACHED = new StreamVersion(new StreamId("financing.invoice", "42"), 3);

    private final UUID command = UUID.randomUUID();
    private final InMemoryStore store = new InMemoryStore();
    private final OutcomeQueries queries = new OutcomeQueries(store, store);
    private final GrpcServer server = GrpcServer.start(new GrpcServer.Settings("127.0.0.1", 0), List.of(queries));
    private final ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
            .usePlaintext()
            .build();

    @AfterEach
    void end() {
        channel.shutdownNow();
        queries.close();
        server.close();
    }

    @Test
    void a_command_that_nobody_knows_is_pending() {
        assertThat(get())
                .isEqualTo(dev.quadrille.proto.command.v1.Outcome.newBuilder()
                        .setCommandId(command.toString())
                        .setStatus(OutcomeStatus.OUTCOME_STATUS_PENDING)
                        .build());
    }

    @Test
    void P6_a_parked_command_is_pending_and_says_so() {
        store.park(new Parking.Parked(
                UUID.randomUUID(),
                "commands.financing.0",
                command.toString(),
                "",
                "",
                "",
                Failure.BEHIND,
                null,
                Map.of(),
                ByteBuffer.allocate(0),
                NOON));

        assertThat(get().getStatus()).isEqualTo(OutcomeStatus.OUTCOME_STATUS_PENDING);
        assertThat(get().getReason()).isEqualTo("PARKED");
        assertThat(get().getMessage()).isNotBlank();
    }

    @Test
    void an_accepted_command_tells_what_it_wrote() throws Exception {
        record(command, new Outcome.Accepted(REACHED, 2));

        assertThat(get())
                .isEqualTo(dev.quadrille.proto.command.v1.Outcome.newBuilder()
                        .setCommandId(command.toString())
                        .setStatus(OutcomeStatus.OUTCOME_STATUS_ACCEPTED)
                        .addWritten(dev.quadrille.proto.command.v1.StreamVersion.newBuilder()
                                .setStream("financing.invoice/42")
                                .setVersion(3))
                        .setConsistencyToken(token())
                        .build());
    }

    @Test
    void P12_a_command_whose_wish_was_true_already_has_a_token_and_has_written_nothing() throws Exception {
        record(command, new Outcome.Accepted(REACHED, 0));

        assertThat(get().getWrittenList()).isEmpty();
        assertThat(get().getConsistencyToken()).isEqualTo(token());
    }

    @Test
    void a_rejected_command_tells_why_and_has_nothing_to_wait_for() throws Exception {
        record(command, new Outcome.Rejected(new Rejection("NOT_FUNNY", "Nobody laughed"), REACHED));

        assertThat(get())
                .isEqualTo(dev.quadrille.proto.command.v1.Outcome.newBuilder()
                        .setCommandId(command.toString())
                        .setStatus(OutcomeStatus.OUTCOME_STATUS_REJECTED)
                        .setReason("NOT_FUNNY")
                        .setMessage("Nobody laughed")
                        .build());
    }

    @Test
    void many_wait_until_their_commands_are_decided() throws Exception {
        var commands = Stream.generate(UUID::randomUUID).limit(50).toList();
        var awaited = commands.stream().map(this::await).toList();

        for (var each : commands) {
            record(each, new Outcome.Accepted(REACHED, 1));
        }

        for (var each = 0; each < commands.size(); each++) {
            assertThat(awaited.get(each).get().getOutcome().getCommandId())
                    .isEqualTo(commands.get(each).toString());
        }
    }

    @Test
    void nobody_waits_beyond_the_deadline() {
        var impatient = OutcomeServiceGrpc.newBlockingStub(channel).withDeadlineAfter(Duration.ofMillis(200));

        assertThat(Refusal.of(() -> impatient.awaitOutcome(request(command))).code())
                .isEqualTo(DEADLINE_EXCEEDED);
    }

    @Test
    void P10_a_stopping_service_lets_nobody_wait() {
        var waiting = await(command);
        queries.close();

        assertThat(waiting)
                .failsWithin(QuerySide.PATIENCE)
                .withThrowableThat()
                .withMessageContaining(UNAVAILABLE.name());
    }

    @Test
    void without_the_database_nobody_is_answered() {
        try (var pool = Postgres.readOnlyPool(QuerySide.nowhere());
                var blind = new OutcomeQueries(new PostgresOutcomes(pool), new PostgresParking(pool));
                var blindServer = GrpcServer.start(new GrpcServer.Settings("127.0.0.1", 0), List.of(blind))) {
            var line = NettyChannelBuilder.forAddress("127.0.0.1", blindServer.port())
                    .usePlaintext()
                    .build();
            var stub = OutcomeServiceGrpc.newBlockingStub(line);
            var unavailable = new Refusal(UNAVAILABLE, "DATABASE_UNAVAILABLE", List.of());

            assertThat(Refusal.of(() -> stub.getOutcome(GetOutcomeRequest.newBuilder()
                            .setCommandId(command.toString())
                            .build())))
                    .isEqualTo(unavailable);
            assertThat(Refusal.of(() -> stub.awaitOutcome(request(command)))).isEqualTo(unavailable);
            line.shutdownNow();
        }
    }

    private void record(UUID commandId, Outcome.Verdict verdict) throws Conflict {
        store.commit(new Commit(List.of(), List.of(new Outcome(commandId, null, null, null, NOON, verdict))));
    }

    private dev.quadrille.proto.command.v1.Outcome get() {
        return OutcomeServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(QuerySide.PATIENCE)
                .getOutcome(GetOutcomeRequest.newBuilder()
                        .setCommandId(command.toString())
                        .build())
                .getOutcome();
    }

    private Future<AwaitOutcomeResponse> await(UUID commandId) {
        return OutcomeServiceGrpc.newFutureStub(channel)
                .withDeadlineAfter(QuerySide.PATIENCE)
                .awaitOutcome(request(commandId));
    }

    private static AwaitOutcomeRequest request(UUID commandId) {
        return AwaitOutcomeRequest.newBuilder()
                .setCommandId(commandId.toString())
                .build();
    }

    private static String token() {
        return new ConsistencyToken(Set.of(REACHED)).toString();
    }
}
