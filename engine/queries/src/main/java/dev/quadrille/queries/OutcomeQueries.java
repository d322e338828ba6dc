package dev.quadrille.queries;

import dev.quadrille.grpc.GrpcErrors;
import dev.quadrille.kernel.ConsistencyToken;
import dev.quadrille.kernel.Outcome.Accepted;
import dev.quadrille.kernel.Outcome.Rejected;
import dev.quadrille.kernel.Outcomes;
import dev.quadrille.kernel.Parking;
import dev.quadrille.proto.command.v1.AwaitOutcomeRequest;
import dev.quadrille.proto.command.v1.AwaitOutcomeResponse;
import dev.quadrille.proto.command.v1.GetOutcomeRequest;
import dev.quadrille.proto.command.v1.GetOutcomeResponse;
import dev.quadrille.proto.command.v1.Outcome;
import dev.quadrille.proto.command.v1.OutcomeServiceGrpc.OutcomeServiceImplBase;
import dev.quadrille.proto.command.v1.OutcomeStatus;
import dev.quadrille.proto.command.v1.StreamVersion;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/** Tells what became of commands. Sees only requests that keep the rules of their proto. */
public final class OutcomeQueries extends OutcomeServiceImplBase implements AutoCloseable {

    private static final Duration WITHOUT_DEADLINE = Duration.ofSeconds(30);

    private final Outcomes outcomes;
    private final Parking parking;
    private final Lookout<UUID, dev.quadrille.kernel.Outcome> awaited;

    /** @param parking where commands are parked */
    public OutcomeQueries(Outcomes outcomes, Parking parking) {
        this.outcomes = outcomes;
        this.parking = parking;
        this.awaited = new Lookout<>("outcomes", outcomes::find, Duration.ofMillis(10), Duration.ofMillis(25));
    }

    @Override
    public void getOutcome(GetOutcomeRequest request, StreamObserver<GetOutcomeResponse> responses) {
        Calls.answer(responses, () -> {
            var commandId = UUID.fromString(request.getCommandId());
            var outcome = outcomes.find(Set.of(commandId)).get(commandId);
            return GetOutcomeResponse.newBuilder()
                    .setOutcome(outcome == null ? pending(commandId) : message(outcome))
                    .build();
        });
    }

    @Override
    public void awaitOutcome(AwaitOutcomeRequest request, StreamObserver<AwaitOutcomeResponse> responses) {
        Calls.answer(responses, () -> {
            var outcome = awaited.find(UUID.fromString(request.getCommandId()));
            return AwaitOutcomeResponse.newBuilder()
                    .setOutcome(message(Calls.await(outcome, WITHOUT_DEADLINE, OutcomeQueries::late)))
                    .build();
        });
    }

    private static StatusRuntimeException late() {
        return GrpcErrors.deadlineExceeded("OUTCOME_PENDING", "The command is not decided yet; ask again");
    }

    private Outcome pending(UUID commandId) {
        var message =
                Outcome.newBuilder().setCommandId(commandId.toString()).setStatus(OutcomeStatus.OUTCOME_STATUS_PENDING);
        if (parking.holds(commandId.toString())) {
            message.setReason("PARKED").setMessage("The command could not be handled, and waits for an operator");
        }
        return message.build();
    }

    private static Outcome message(dev.quadrille.kernel.Outcome outcome) {
        var message = Outcome.newBuilder().setCommandId(outcome.commandId().toString());
        switch (outcome.verdict()) {
            case Accepted(var reached, var events) -> {
                message.setStatus(OutcomeStatus.OUTCOME_STATUS_ACCEPTED)
                        .setConsistencyToken(new ConsistencyToken(Set.of(reached)).toString());
                if (events > 0) {
                    message.addWritten(StreamVersion.newBuilder()
                            .setStream(reached.stream().toString())
                            .setVersion(reached.version()));
                }
            }
            case Rejected(var rejection, var _) ->
                message.setStatus(OutcomeStatus.OUTCOME_STATUS_REJECTED)
                        .setReason(rejection.reason())
                        .setMessage(rejection.message());
        }
        return message.build();
    }

    @Override
    public void close() {
        awaited.close();
    }
}
