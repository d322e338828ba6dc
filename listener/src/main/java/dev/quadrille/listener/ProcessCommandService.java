package dev.quadrille.listener;

import static dev.quadrille.proto.process.v1.CommandServiceGrpc.getAcknowledgeFailureMethod;
import static dev.quadrille.proto.process.v1.CommandServiceGrpc.getRetryNowMethod;

import dev.quadrille.commands.CallIds;
import dev.quadrille.commands.CommandQueue;
import dev.quadrille.grpc.Unary;
import dev.quadrille.kernel.process.ProcessCommand.AcknowledgeProcessFailure;
import dev.quadrille.kernel.process.ProcessCommand.RetryNow;
import dev.quadrille.kernel.process.ProcessId;
import dev.quadrille.proto.process.v1.AcknowledgeFailureRequest;
import dev.quadrille.proto.process.v1.AcknowledgeFailureResponse;
import dev.quadrille.proto.process.v1.CommandServiceGrpc.CommandServiceImplBase;
import dev.quadrille.proto.process.v1.RetryNowRequest;
import dev.quadrille.proto.process.v1.RetryNowResponse;
import io.grpc.stub.StreamObserver;
import java.util.UUID;

/** What people ask of processes. Sees only requests that keep the rules of their proto. */
final class ProcessCommandService extends CommandServiceImplBase {

    private final CommandQueue queue;

    ProcessCommandService(CommandQueue queue) {
        this.queue = queue;
    }

    @Override
    public void acknowledgeFailure(
            AcknowledgeFailureRequest request, StreamObserver<AcknowledgeFailureResponse> responses) {
        Unary.answer(responses, () -> {
            var process = UUID.fromString(request.getProcessId());
            var ids = CallIds.of(request.getRequestId(), getAcknowledgeFailureMethod(), process);
            queue.enqueue(ids, new AcknowledgeProcessFailure(new ProcessId(process)));
            return AcknowledgeFailureResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .build();
        });
    }

    @Override
    public void retryNow(RetryNowRequest request, StreamObserver<RetryNowResponse> responses) {
        Unary.answer(responses, () -> {
            var process = UUID.fromString(request.getProcessId());
            var ids = CallIds.of(request.getRequestId(), getRetryNowMethod(), process);
            queue.enqueue(ids, new RetryNow(new ProcessId(process)));
            return RetryNowResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .build();
        });
    }
}
