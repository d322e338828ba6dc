package dev.quadrille.listener;

import static dev.quadrille.proto.billing.v1.CommandServiceGrpc.getIssueDocumentMethod;
import static dev.quadrille.proto.billing.v1.CommandServiceGrpc.getVoidDocumentMethod;

import dev.quadrille.billing.document.CustomerId;
import dev.quadrille.billing.document.DocumentCommand.IssueDocument;
import dev.quadrille.billing.document.DocumentCommand.VoidDocument;
import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.billing.document.ProcessId;
import dev.quadrille.commands.CallIds;
import dev.quadrille.commands.CommandQueue;
import dev.quadrille.grpc.Unary;
import dev.quadrille.grpc.WireMoney;
import dev.quadrille.proto.billing.v1.CommandServiceGrpc.CommandServiceImplBase;
import dev.quadrille.proto.billing.v1.IssueDocumentRequest;
import dev.quadrille.proto.billing.v1.IssueDocumentResponse;
import dev.quadrille.proto.billing.v1.VoidDocumentRequest;
import dev.quadrille.proto.billing.v1.VoidDocumentResponse;
import io.grpc.stub.StreamObserver;
import java.util.UUID;

/** Billing's commands as clients call them. Sees only requests that keep the rules of their proto. */
final class BillingCommandService extends CommandServiceImplBase {

    private final CommandQueue queue;

    BillingCommandService(CommandQueue queue) {
        this.queue = queue;
    }

    @Override
    public void issueDocument(IssueDocumentRequest request, StreamObserver<IssueDocumentResponse> responses) {
        Unary.answer(responses, () -> {
            var customer = UUID.fromString(request.getCustomerId());
            var amount = WireMoney.fromWire(request.getTotalAmount());
            var ids = CallIds.of(request.getRequestId(), getIssueDocumentMethod(), customer, amount);
            var document = ids.created("document");
            queue.enqueue(ids, new IssueDocument(new DocumentId(document), new CustomerId(customer), amount));
            return IssueDocumentResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .setDocumentId(document.toString())
                    .build();
        });
    }

    @Override
    public void voidDocument(VoidDocumentRequest request, StreamObserver<VoidDocumentResponse> responses) {
        Unary.answer(responses, () -> {
            var document = UUID.fromString(request.getDocumentId());
            var ids = CallIds.of(request.getRequestId(), getVoidDocumentMethod(), document);
            // The process has the id of everything in it.
            var process = ids.commandId();
            queue.enqueue(ids, new VoidDocument(new DocumentId(document), new ProcessId(process)));
            return VoidDocumentResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .setProcessId(process.toString())
                    .build();
        });
    }
}
