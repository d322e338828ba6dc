package dev.quadrille.listener;

import static dev.quadrille.proto.reports.v1.CommandServiceGrpc.getPublishReportMethod;

import dev.quadrille.commands.CallIds;
import dev.quadrille.commands.CommandQueue;
import dev.quadrille.grpc.Unary;
import dev.quadrille.proto.reports.v1.CommandServiceGrpc.CommandServiceImplBase;
import dev.quadrille.proto.reports.v1.PublishReportRequest;
import dev.quadrille.proto.reports.v1.PublishReportResponse;
import dev.quadrille.reports.customer.CustomerReportsCommand.PublishReport;
import dev.quadrille.reports.customer.CustomerReportsId;
import dev.quadrille.reports.customer.ReportId;
import io.grpc.stub.StreamObserver;
import java.util.UUID;

/** Reports' commands as clients call them. Sees only requests that keep the rules of their proto. */
final class ReportsCommandService extends CommandServiceImplBase {

    private final CommandQueue queue;

    ReportsCommandService(CommandQueue queue) {
        this.queue = queue;
    }

    @Override
    public void publishReport(PublishReportRequest request, StreamObserver<PublishReportResponse> responses) {
        Unary.answer(responses, () -> {
            var customer = UUID.fromString(request.getCustomerId());
            var report = UUID.fromString(request.getReportId());
            var ids = CallIds.of(request.getRequestId(), getPublishReportMethod(), customer, report);
            queue.enqueue(ids, new PublishReport(new CustomerReportsId(customer), new ReportId(report)));
            return PublishReportResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .build();
        });
    }
}
