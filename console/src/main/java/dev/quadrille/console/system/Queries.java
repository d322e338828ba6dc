package dev.quadrille.console.system;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.quadrille.proto.audit.v1.Event;
import dev.quadrille.proto.audit.v1.GetCausalTreeRequest;
import dev.quadrille.proto.audit.v1.GetCausalTreeResponse;
import dev.quadrille.proto.audit.v1.ReadStreamRequest;
import dev.quadrille.proto.audit.v1.SearchEventsRequest;
import dev.quadrille.proto.audit.v1.StreamEvent;
import dev.quadrille.proto.billing.v1.Document;
import dev.quadrille.proto.billing.v1.GetDocumentRequest;
import dev.quadrille.proto.billing.v1.ListDocumentsRequest;
import dev.quadrille.proto.catering.v1.GetOrderRequest;
import dev.quadrille.proto.catering.v1.ListOrdersRequest;
import dev.quadrille.proto.catering.v1.Order;
import dev.quadrille.proto.catering.v1.WatchOrdersRequest;
import dev.quadrille.proto.catering.v1.WatchOrdersResponse;
import dev.quadrille.proto.process.v1.GetProcessRequest;
import dev.quadrille.proto.process.v1.GetProcessResponse;
import dev.quadrille.proto.process.v1.ListProcessesRequest;
import dev.quadrille.proto.process.v1.Process;
import dev.quadrille.proto.process.v1.WatchProcessesRequest;
import dev.quadrille.proto.process.v1.WatchProcessesResponse;
import dev.quadrille.proto.reports.v1.GetReportRequest;
import dev.quadrille.proto.reports.v1.ListReportsRequest;
import dev.quadrille.proto.reports.v1.Report;
import dev.quadrille.proto.reports.v1.WatchReportsRequest;
import dev.quadrille.proto.reports.v1.WatchReportsResponse;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import java.util.Iterator;

/** What can be asked. Every call throws {@link StatusRuntimeException}, and does not outlast a few seconds but for watches. */
public final class Queries {

    private static final int ANSWER_WITHIN_SECONDS = 3;

    private final dev.quadrille.proto.billing.v1.QueryServiceGrpc.QueryServiceBlockingStub billing;
    private final dev.quadrille.proto.reports.v1.QueryServiceGrpc.QueryServiceBlockingStub reports;
    private final dev.quadrille.proto.catering.v1.QueryServiceGrpc.QueryServiceBlockingStub catering;
    private final dev.quadrille.proto.process.v1.QueryServiceGrpc.QueryServiceBlockingStub processes;
    private final dev.quadrille.proto.audit.v1.QueryServiceGrpc.QueryServiceBlockingStub audit;

    Queries(Channel query) {
        billing = dev.quadrille.proto.billing.v1.QueryServiceGrpc.newBlockingStub(query);
        reports = dev.quadrille.proto.reports.v1.QueryServiceGrpc.newBlockingStub(query);
        catering = dev.quadrille.proto.catering.v1.QueryServiceGrpc.newBlockingStub(query);
        processes = dev.quadrille.proto.process.v1.QueryServiceGrpc.newBlockingStub(query);
        audit = dev.quadrille.proto.audit.v1.QueryServiceGrpc.newBlockingStub(query);
    }

    public Document document(String id) {
        return bounded(billing)
                .getDocument(GetDocumentRequest.newBuilder().setDocumentId(id).build())
                .getDocument();
    }

    public Listing<Document> documents(ListDocumentsRequest request) {
        var page = bounded(billing).listDocuments(request);
        return new Listing<>(page.getDocumentsList(), page.getNextPageToken());
    }

    public Report report(String id) {
        return bounded(reports)
                .getReport(GetReportRequest.newBuilder().setReportId(id).build())
                .getReport();
    }

    public Listing<Report> reports(ListReportsRequest request) {
        var page = bounded(reports).listReports(request);
        return new Listing<>(page.getReportsList(), page.getNextPageToken());
    }

    public Order order(String id) {
        return bounded(catering)
                .getOrder(GetOrderRequest.newBuilder().setOrderId(id).build())
                .getOrder();
    }

    public Listing<Order> orders(ListOrdersRequest request) {
        var page = bounded(catering).listOrders(request);
        return new Listing<>(page.getOrdersList(), page.getNextPageToken());
    }

    public GetProcessResponse process(String id) {
        return bounded(processes)
                .getProcess(GetProcessRequest.newBuilder().setProcessId(id).build());
    }

    public Listing<Process> processes(ListProcessesRequest request) {
        var page = bounded(processes).listProcesses(request);
        return new Listing<>(page.getProcessesList(), page.getNextPageToken());
    }

    /** All that belongs to what this event, command or process belongs to. */
    public GetCausalTreeResponse causalTree(String id) {
        return bounded(audit)
                .getCausalTree(GetCausalTreeRequest.newBuilder().setId(id).build());
    }

    public Listing<StreamEvent> stream(ReadStreamRequest request) {
        var page = bounded(audit).readStream(request);
        return new Listing<>(page.getEventsList(), page.getNextPageToken());
    }

    public Listing<Event> events(SearchEventsRequest request) {
        var page = bounded(audit).searchEvents(request);
        return new Listing<>(page.getEventsList(), page.getNextPageToken());
    }

    /** Every process as it is now, and then each that changes; without end. */
    Iterator<WatchProcessesResponse> watchProcesses() {
        return processes.watchProcesses(WatchProcessesRequest.getDefaultInstance());
    }

    /** Every report as it is now, and then each that changes; without end. */
    Iterator<WatchReportsResponse> watchReports() {
        return reports.watchReports(WatchReportsRequest.getDefaultInstance());
    }

    /** Every order as it is now, and then each that changes; without end. */
    Iterator<WatchOrdersResponse> watchOrders() {
        return catering.watchOrders(WatchOrdersRequest.getDefaultInstance());
    }

    private static <S extends AbstractStub<S>> S bounded(S stub) {
        return stub.withDeadlineAfter(ANSWER_WITHIN_SECONDS, SECONDS);
    }
}
