package dev.quadrille.listener;

import static dev.quadrille.proto.parking.v1.CommandServiceGrpc.getDiscardMethod;
import static dev.quadrille.proto.parking.v1.CommandServiceGrpc.getReplayMethod;

import dev.quadrille.commands.CallIds;
import dev.quadrille.commands.CommandQueue;
import dev.quadrille.grpc.Unary;
import dev.quadrille.parking.InterventionCommand.Discard;
import dev.quadrille.parking.InterventionCommand.Replay;
import dev.quadrille.parking.InterventionId;
import dev.quadrille.parking.Selection;
import dev.quadrille.parking.Selection.By;
import dev.quadrille.proto.parking.v1.CommandServiceGrpc.CommandServiceImplBase;
import dev.quadrille.proto.parking.v1.DiscardRequest;
import dev.quadrille.proto.parking.v1.DiscardResponse;
import dev.quadrille.proto.parking.v1.ReplayRequest;
import dev.quadrille.proto.parking.v1.ReplayResponse;
import io.grpc.stub.StreamObserver;
import java.util.UUID;

/** What operators ask to be done with parked messages. Sees only requests that keep the rules of their proto. */
final class ParkingCommandService extends CommandServiceImplBase {

    private final CommandQueue queue;

    ParkingCommandService(CommandQueue queue) {
        this.queue = queue;
    }

    @Override
    public void replay(ReplayRequest request, StreamObserver<ReplayResponse> responses) {
        Unary.answer(responses, () -> {
            var selection = selection(request);
            var ids = CallIds.of(request.getRequestId(), getReplayMethod(), selection);
            queue.enqueue(ids, new Replay(intervention(ids), selection));
            return ReplayResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .build();
        });
    }

    @Override
    public void discard(DiscardRequest request, StreamObserver<DiscardResponse> responses) {
        Unary.answer(responses, () -> {
            var parked = UUID.fromString(request.getParkedId());
            var ids = CallIds.of(request.getRequestId(), getDiscardMethod(), parked, request.getReason());
            queue.enqueue(ids, new Discard(intervention(ids), parked, request.getReason()));
            return DiscardResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .build();
        });
    }

    private static InterventionId intervention(CallIds ids) {
        return new InterventionId(ids.created("intervention"));
    }

    private static Selection selection(ReplayRequest request) {
        return switch (request.getSelectionCase()) {
            case PARKED_ID ->
                new Selection(By.ID, UUID.fromString(request.getParkedId()).toString());
            case STREAM -> new Selection(By.STREAM, request.getStream());
            case FINGERPRINT -> new Selection(By.FINGERPRINT, request.getFingerprint());
            case SELECTION_NOT_SET -> throw new AssertionError("The rules of the proto have one set");
        };
    }
}
