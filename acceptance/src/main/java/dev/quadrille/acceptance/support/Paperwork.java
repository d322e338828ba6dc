package dev.quadrille.acceptance.support;

import dev.quadrille.proto.audit.v1.GetCausalTreeRequest;
import dev.quadrille.proto.audit.v1.GetCausalTreeResponse;
import dev.quadrille.proto.billing.v1.Document;
import dev.quadrille.proto.billing.v1.GetDocumentRequest;
import dev.quadrille.proto.billing.v1.IssueDocumentRequest;
import dev.quadrille.proto.billing.v1.VoidDocumentRequest;
import dev.quadrille.proto.command.v1.AwaitOutcomeRequest;
import dev.quadrille.proto.command.v1.Outcome;
import dev.quadrille.proto.command.v1.OutcomeServiceGrpc;
import dev.quadrille.proto.command.v1.OutcomeStatus;
import dev.quadrille.proto.process.v1.AcknowledgeFailureRequest;
import dev.quadrille.proto.process.v1.GetProcessRequest;
import dev.quadrille.proto.process.v1.GetProcessResponse;
import dev.quadrille.proto.process.v1.Process;
import dev.quadrille.proto.process.v1.RetryNowRequest;
import dev.quadrille.proto.reports.v1.GetReportRequest;
import dev.quadrille.proto.reports.v1.ListReportsRequest;
import dev.quadrille.proto.reports.v1.PublishReportRequest;
import dev.quadrille.proto.reports.v1.Report;
import io.grpc.ManagedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One client's dealings with the documents and reports of a running system, over gRPC. Calls may come from any thread.
 */
public final class Paperwork implements AutoCloseable {

    private final ManagedChannel listener;
    private final ManagedChannel query;

    public Paperwork(Addresses addresses) {
        listener = Channels.open(addresses.listener());
        query = Channels.open(addresses.query());
    }

    /** An accepted wish to issue a document, and the document that is to be. */
    public record Issue(UUID command, UUID document) {}

    /** An accepted wish to void a document, and the process that is to be. */
    public record Voiding(UUID command, UUID process) {}

    public Issue issue(UUID customer, Amount amount) {
        var issue = billing()
                .issueDocument(IssueDocumentRequest.newBuilder()
                        .setCustomerId(customer.toString())
                        .setTotalAmount(amount.money())
                        .build());
        return new Issue(UUID.fromString(issue.getCommandId()), UUID.fromString(issue.getDocumentId()));
    }

    /** Issues a document; returns when it is in a report of the customer's. */
    public UUID reported(UUID customer, Amount amount) {
        var document = issue(customer, amount).document();
        Patience.eventually(() -> {
            if (reportsOf(customer).stream()
                    .flatMap(report -> report.getDocumentsList().stream())
                    .noneMatch(reported -> reported.getDocumentId().equals(document.toString()))) {
                throw new AssertionError("The document " + document + " is in no report");
            }
        });
        return document;
    }

    public Voiding voidDocument(UUID document) {
        var voiding = billing()
                .voidDocument(VoidDocumentRequest.newBuilder()
                        .setDocumentId(document.toString())
                        .build());
        return new Voiding(UUID.fromString(voiding.getCommandId()), UUID.fromString(voiding.getProcessId()));
    }

    /** Begins to void a document as soon as it may be voided again. */
    public Voiding voidAnew(UUID document) {
        var tried = new ArrayList<Voiding>();
        Patience.eventually(() -> {
            tried.add(voidDocument(document));
            var outcome = outcomeOf(tried.getLast().command());
            if (outcome.getStatus() != OutcomeStatus.OUTCOME_STATUS_ACCEPTED) {
                throw new AssertionError("The document " + document + " can't be voided: " + outcome.getMessage());
            }
        });
        return tried.getLast();
    }

    /** Answers the id of the command. */
    public UUID publish(UUID customer, UUID report) {
        var request = PublishReportRequest.newBuilder()
                .setCustomerId(customer.toString())
                .setReportId(report.toString())
                .build();
        return UUID.fromString(dev.quadrille.proto.reports.v1.CommandServiceGrpc.newBlockingStub(listener)
                .publishReport(request)
                .getCommandId());
    }

    /** Waits until the command is accepted or rejected. */
    public Outcome outcomeOf(UUID command) {
        return OutcomeServiceGrpc.newBlockingStub(query)
                .awaitOutcome(AwaitOutcomeRequest.newBuilder()
                        .setCommandId(command.toString())
                        .build())
                .getOutcome();
    }

    public Document document(UUID document, String consistencyToken) {
        return documents()
                .getDocument(GetDocumentRequest.newBuilder()
                        .setDocumentId(document.toString())
                        .setConsistencyToken(consistencyToken)
                        .build())
                .getDocument();
    }

    public Report report(UUID report, String consistencyToken) {
        return reports()
                .getReport(GetReportRequest.newBuilder()
                        .setReportId(report.toString())
                        .setConsistencyToken(consistencyToken)
                        .build())
                .getReport();
    }

    /** The reports of a customer, who has few. */
    public List<Report> reportsOf(UUID customer) {
        return reports()
                .listReports(ListReportsRequest.newBuilder()
                        .setCustomerId(customer.toString())
                        .build())
                .getReportsList();
    }

    /** A process with its steps. */
    public GetProcessResponse process(UUID process) {
        return processes()
                .getProcess(GetProcessRequest.newBuilder()
                        .setProcessId(process.toString())
                        .build());
    }

    /** Waits until a process is in this state. */
    public Process processIn(String state, UUID process) {
        Patience.eventually(() -> {
            var now = process(process).getProcess();
            if (!now.getState().equals(state)) {
                throw new AssertionError(
                        "The process " + process + " is in state " + now.getState() + ", not " + state);
            }
        });
        return process(process).getProcess();
    }

    /** Answers the id of the command. */
    public UUID acknowledge(UUID process) {
        return UUID.fromString(dev.quadrille.proto.process.v1.CommandServiceGrpc.newBlockingStub(listener)
                .acknowledgeFailure(AcknowledgeFailureRequest.newBuilder()
                        .setProcessId(process.toString())
                        .build())
                .getCommandId());
    }

    /** Answers the id of the command. */
    public UUID retry(UUID process) {
        return UUID.fromString(dev.quadrille.proto.process.v1.CommandServiceGrpc.newBlockingStub(listener)
                .retryNow(RetryNowRequest.newBuilder()
                        .setProcessId(process.toString())
                        .build())
                .getCommandId());
    }

    public dev.quadrille.proto.process.v1.QueryServiceGrpc.QueryServiceBlockingStub processes() {
        return dev.quadrille.proto.process.v1.QueryServiceGrpc.newBlockingStub(query);
    }

    public dev.quadrille.proto.audit.v1.QueryServiceGrpc.QueryServiceBlockingStub audit() {
        return dev.quadrille.proto.audit.v1.QueryServiceGrpc.newBlockingStub(query);
    }

    /** Why something has happened, by the id of a command, an event or a process. */
    public GetCausalTreeResponse causes(UUID id) {
        return audit().getCausalTree(
                        GetCausalTreeRequest.newBuilder().setId(id.toString()).build());
    }

    public dev.quadrille.proto.demo.v1.CommandServiceGrpc.CommandServiceBlockingStub switches() {
        return dev.quadrille.proto.demo.v1.CommandServiceGrpc.newBlockingStub(listener);
    }

    public dev.quadrille.proto.billing.v1.CommandServiceGrpc.CommandServiceBlockingStub billing() {
        return dev.quadrille.proto.billing.v1.CommandServiceGrpc.newBlockingStub(listener);
    }

    public dev.quadrille.proto.billing.v1.QueryServiceGrpc.QueryServiceBlockingStub documents() {
        return dev.quadrille.proto.billing.v1.QueryServiceGrpc.newBlockingStub(query);
    }

    public dev.quadrille.proto.reports.v1.QueryServiceGrpc.QueryServiceBlockingStub reports() {
        return dev.quadrille.proto.reports.v1.QueryServiceGrpc.newBlockingStub(query);
    }

    @Override
    public void close() {
        listener.shutdownNow();
        query.shutdownNow();
    }
}
