package dev.quadrille.standalone;

import static dev.quadrille.standalone.RunningSystem.within;

import dev.quadrille.proto.command.v1.Outcome;
import dev.quadrille.proto.process.v1.AcknowledgeFailureRequest;
import dev.quadrille.proto.process.v1.CommandServiceGrpc;
import dev.quadrille.proto.process.v1.GetProcessRequest;
import dev.quadrille.proto.process.v1.GetProcessResponse;
import dev.quadrille.proto.process.v1.ListProcessesRequest;
import dev.quadrille.proto.process.v1.Process;
import dev.quadrille.proto.process.v1.QueryServiceGrpc;
import dev.quadrille.proto.process.v1.RetryNowRequest;
import java.util.ArrayList;
import java.util.List;

/** The calls of {@code process.v1} on a running system, and what came of them. */
record ProcessCalls(RunningSystem system) {

    /** All pages. */
    List<Process> list(ListProcessesRequest request) {
        var processes = new ArrayList<Process>();
        var next = request.toBuilder();
        do {
            var page =
                    within(QueryServiceGrpc.newBlockingStub(system.queries())).listProcesses(next.build());
            processes.addAll(page.getProcessesList());
            next.setPageToken(page.getNextPageToken());
        } while (!next.getPageToken().isEmpty());
        return processes;
    }

    /**
     * A process with its steps.
     *
     * @param consistencyToken of the outcome that is to be seen, or empty
     * @throws io.grpc.StatusRuntimeException NOT_FOUND if there is none
     */
    GetProcessResponse get(String id, String consistencyToken) {
        return within(QueryServiceGrpc.newBlockingStub(system.queries()))
                .getProcess(GetProcessRequest.newBuilder()
                        .setProcessId(id)
                        .setConsistencyToken(consistencyToken)
                        .build());
    }

    Outcome retry(String id) {
        return system.outcomeOf(within(CommandServiceGrpc.newBlockingStub(system.listener()))
                .retryNow(RetryNowRequest.newBuilder().setProcessId(id).build())
                .getCommandId());
    }

    Outcome acknowledge(String id) {
        return system.outcomeOf(within(CommandServiceGrpc.newBlockingStub(system.listener()))
                .acknowledgeFailure(
                        AcknowledgeFailureRequest.newBuilder().setProcessId(id).build())
                .getCommandId());
    }
}
