package dev.quadrille.console.system;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.google.protobuf.Duration;
import dev.quadrille.proto.billing.v1.VoidDocumentRequest;
import dev.quadrille.proto.catering.v1.ConfirmMenuAsCatererRequest;
import dev.quadrille.proto.catering.v1.ConfirmMenuAsCustomerRequest;
import dev.quadrille.proto.catering.v1.DeclineMenuAsCatererRequest;
import dev.quadrille.proto.command.v1.AwaitOutcomeRequest;
import dev.quadrille.proto.command.v1.GetOutcomeRequest;
import dev.quadrille.proto.command.v1.Outcome;
import dev.quadrille.proto.command.v1.OutcomeServiceGrpc;
import dev.quadrille.proto.command.v1.OutcomeServiceGrpc.OutcomeServiceBlockingStub;
import dev.quadrille.proto.demo.v1.SetDemoRequest;
import dev.quadrille.proto.demo.v1.SetSlowDownRequest;
import dev.quadrille.proto.process.v1.AcknowledgeFailureRequest;
import dev.quadrille.proto.process.v1.RetryNowRequest;
import dev.quadrille.proto.reports.v1.PublishReportRequest;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import java.util.function.Supplier;

/**
 * What people can have done. Every call gives a command, waits a few seconds for its outcome and tells what came of it; it
 * does not throw. The same request id again is the same command.
 */
public final class Commands {

    private static final int TAKEN_WITHIN_SECONDS = 6;
    private static final int DECIDED_WITHIN_SECONDS = 5;

    private final dev.quadrille.proto.billing.v1.CommandServiceGrpc.CommandServiceBlockingStub billing;
    private final dev.quadrille.proto.reports.v1.CommandServiceGrpc.CommandServiceBlockingStub reports;
    private final dev.quadrille.proto.catering.v1.CommandServiceGrpc.CommandServiceBlockingStub catering;
    private final dev.quadrille.proto.process.v1.CommandServiceGrpc.CommandServiceBlockingStub processes;
    private final dev.quadrille.proto.demo.v1.CommandServiceGrpc.CommandServiceBlockingStub demo;
    private final OutcomeServiceBlockingStub outcomes;

    Commands(Channel listener, Channel query) {
        billing = dev.quadrille.proto.billing.v1.CommandServiceGrpc.newBlockingStub(listener);
        reports = dev.quadrille.proto.reports.v1.CommandServiceGrpc.newBlockingStub(listener);
        catering = dev.quadrille.proto.catering.v1.CommandServiceGrpc.newBlockingStub(listener);
        processes = dev.quadrille.proto.process.v1.CommandServiceGrpc.newBlockingStub(listener);
        demo = dev.quadrille.proto.demo.v1.CommandServiceGrpc.newBlockingStub(listener);
        outcomes = OutcomeServiceGrpc.newBlockingStub(query);
    }

    public Result voidDocument(String requestId, String documentId) {
        var request = VoidDocumentRequest.newBuilder().setRequestId(requestId).setDocumentId(documentId);
        return give(() -> bounded(billing).voidDocument(request.build()).getCommandId());
    }

    public Result publishReport(String requestId, String customerId, String reportId) {
        var request = PublishReportRequest.newBuilder()
                .setRequestId(requestId)
                .setCustomerId(customerId)
                .setReportId(reportId);
        return give(() -> bounded(reports).publishReport(request.build()).getCommandId());
    }

    public Result confirmMenuAsCustomer(String requestId, String orderId, String menuId) {
        var request = ConfirmMenuAsCustomerRequest.newBuilder()
                .setRequestId(requestId)
                .setOrderId(orderId)
                .setMenuId(menuId);
        return give(
                () -> bounded(catering).confirmMenuAsCustomer(request.build()).getCommandId());
    }

    public Result confirmMenuAsCaterer(String requestId, String orderId, String menuId) {
        var request = ConfirmMenuAsCatererRequest.newBuilder()
                .setRequestId(requestId)
                .setOrderId(orderId)
                .setMenuId(menuId);
        return give(
                () -> bounded(catering).confirmMenuAsCaterer(request.build()).getCommandId());
    }

    public Result declineMenuAsCaterer(String requestId, String orderId, String menuId) {
        var request = DeclineMenuAsCatererRequest.newBuilder()
                .setRequestId(requestId)
                .setOrderId(orderId)
                .setMenuId(menuId);
        return give(
                () -> bounded(catering).declineMenuAsCaterer(request.build()).getCommandId());
    }

    public Result acknowledgeFailure(String requestId, String processId) {
        var request =
                AcknowledgeFailureRequest.newBuilder().setRequestId(requestId).setProcessId(processId);
        return give(() -> bounded(processes).acknowledgeFailure(request.build()).getCommandId());
    }

    public Result retryNow(String requestId, String processId) {
        var request = RetryNowRequest.newBuilder().setRequestId(requestId).setProcessId(processId);
        return give(() -> bounded(processes).retryNow(request.build()).getCommandId());
    }

    public Result setDemo(String requestId, boolean on) {
        var request = SetDemoRequest.newBuilder().setRequestId(requestId).setOn(on);
        return give(() -> bounded(demo).setDemo(request.build()).getCommandId());
    }

    public Result setSlowDown(String requestId, int seconds) {
        var request = SetSlowDownRequest.newBuilder()
                .setRequestId(requestId)
                .setPause(Duration.newBuilder().setSeconds(seconds));
        return give(() -> bounded(demo).setSlowDown(request.build()).getCommandId());
    }

    private Result give(Supplier<String> command) {
        String id;
        try {
            id = command.get();
        } catch (StatusRuntimeException refusal) {
            return switch (refusal.getStatus().getCode()) {
                case UNAVAILABLE, RESOURCE_EXHAUSTED, DEADLINE_EXCEEDED, CANCELLED ->
                    new Result.Unsure(Fault.ofCommand(refusal));
                default -> new Result.Refused(Fault.ofCommand(refusal));
            };
        }
        try {
            return outcome(id);
        } catch (StatusRuntimeException away) {
            return new Result.Undecided(id, Fault.ofQuery(away).sentence());
        }
    }

    private Result outcome(String id) {
        var outcome = awaited(id);
        return switch (outcome.getStatus()) {
            case OUTCOME_STATUS_ACCEPTED -> new Result.Done(id, outcome.getWrittenCount() > 0);
            case OUTCOME_STATUS_REJECTED -> new Result.Rejected(outcome.getReason(), outcome.getMessage());
            default ->
                new Result.Undecided(
                        id,
                        outcome.getReason().equals("PARKED")
                                ? "It was set aside because handling it failed, and waits for an operator."
                                : "It is taken and not decided yet.");
        };
    }

    private Outcome awaited(String id) {
        try {
            return outcomes.withDeadlineAfter(DECIDED_WITHIN_SECONDS, SECONDS)
                    .awaitOutcome(
                            AwaitOutcomeRequest.newBuilder().setCommandId(id).build())
                    .getOutcome();
        } catch (StatusRuntimeException late) {
            if (late.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED) {
                throw late;
            }
            return bounded(outcomes)
                    .getOutcome(GetOutcomeRequest.newBuilder().setCommandId(id).build())
                    .getOutcome();
        }
    }

    private static <S extends AbstractStub<S>> S bounded(S stub) {
        return stub.withDeadlineAfter(TAKEN_WITHIN_SECONDS, SECONDS);
    }
}
