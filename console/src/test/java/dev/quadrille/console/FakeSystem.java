package dev.quadrille.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.type.Money;
import dev.quadrille.grpc.GrpcErrors;
import dev.quadrille.grpc.GrpcServer;
import dev.quadrille.grpc.Unary;
import dev.quadrille.proto.audit.v1.CausalNode;
import dev.quadrille.proto.audit.v1.CausalNodeKind;
import dev.quadrille.proto.audit.v1.CommandState;
import dev.quadrille.proto.audit.v1.Event;
import dev.quadrille.proto.audit.v1.GetCausalTreeRequest;
import dev.quadrille.proto.audit.v1.GetCausalTreeResponse;
import dev.quadrille.proto.audit.v1.ReadStreamRequest;
import dev.quadrille.proto.audit.v1.ReadStreamResponse;
import dev.quadrille.proto.audit.v1.SearchEventsRequest;
import dev.quadrille.proto.audit.v1.SearchEventsResponse;
import dev.quadrille.proto.audit.v1.StreamEvent;
import dev.quadrille.proto.billing.v1.Document;
import dev.quadrille.proto.billing.v1.GetDocumentRequest;
import dev.quadrille.proto.billing.v1.GetDocumentResponse;
import dev.quadrille.proto.billing.v1.ListDocumentsRequest;
import dev.quadrille.proto.billing.v1.ListDocumentsResponse;
import dev.quadrille.proto.billing.v1.VoidDocumentRequest;
import dev.quadrille.proto.billing.v1.VoidDocumentResponse;
import dev.quadrille.proto.catering.v1.ConfirmMenuAsCatererRequest;
import dev.quadrille.proto.catering.v1.ConfirmMenuAsCatererResponse;
import dev.quadrille.proto.catering.v1.ConfirmMenuAsCustomerRequest;
import dev.quadrille.proto.catering.v1.ConfirmMenuAsCustomerResponse;
import dev.quadrille.proto.catering.v1.DeclineMenuAsCatererRequest;
import dev.quadrille.proto.catering.v1.DeclineMenuAsCatererResponse;
import dev.quadrille.proto.catering.v1.GetOrderRequest;
import dev.quadrille.proto.catering.v1.GetOrderResponse;
import dev.quadrille.proto.catering.v1.ListOrdersRequest;
import dev.quadrille.proto.catering.v1.ListOrdersResponse;
import dev.quadrille.proto.catering.v1.Menu;
import dev.quadrille.proto.catering.v1.Order;
import dev.quadrille.proto.catering.v1.OrderStatus;
import dev.quadrille.proto.catering.v1.WatchOrdersRequest;
import dev.quadrille.proto.catering.v1.WatchOrdersResponse;
import dev.quadrille.proto.command.v1.AwaitOutcomeRequest;
import dev.quadrille.proto.command.v1.AwaitOutcomeResponse;
import dev.quadrille.proto.command.v1.GetOutcomeRequest;
import dev.quadrille.proto.command.v1.GetOutcomeResponse;
import dev.quadrille.proto.command.v1.Outcome;
import dev.quadrille.proto.command.v1.OutcomeServiceGrpc;
import dev.quadrille.proto.command.v1.OutcomeStatus;
import dev.quadrille.proto.command.v1.StreamVersion;
import dev.quadrille.proto.demo.v1.SetDemoRequest;
import dev.quadrille.proto.demo.v1.SetDemoResponse;
import dev.quadrille.proto.demo.v1.SetSlowDownRequest;
import dev.quadrille.proto.demo.v1.SetSlowDownResponse;
import dev.quadrille.proto.process.v1.AcknowledgeFailureRequest;
import dev.quadrille.proto.process.v1.AcknowledgeFailureResponse;
import dev.quadrille.proto.process.v1.GetProcessRequest;
import dev.quadrille.proto.process.v1.GetProcessResponse;
import dev.quadrille.proto.process.v1.ListProcessesRequest;
import dev.quadrille.proto.process.v1.ListProcessesResponse;
import dev.quadrille.proto.process.v1.Process;
import dev.quadrille.proto.process.v1.ProcessStep;
import dev.quadrille.proto.process.v1.RetryNowRequest;
import dev.quadrille.proto.process.v1.RetryNowResponse;
import dev.quadrille.proto.process.v1.WatchProcessesRequest;
import dev.quadrille.proto.process.v1.WatchProcessesResponse;
import dev.quadrille.proto.reports.v1.GetReportRequest;
import dev.quadrille.proto.reports.v1.GetReportResponse;
import dev.quadrille.proto.reports.v1.ListReportsRequest;
import dev.quadrille.proto.reports.v1.ListReportsResponse;
import dev.quadrille.proto.reports.v1.PublishReportRequest;
import dev.quadrille.proto.reports.v1.PublishReportResponse;
import dev.quadrille.proto.reports.v1.Report;
import dev.quadrille.proto.reports.v1.ReportedDocument;
import dev.quadrille.proto.reports.v1.WatchReportsRequest;
import dev.quadrille.proto.reports.v1.WatchReportsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Two gRPC servers that show the rows that a test has put there, and take down the commands that they are given. Requests
 * are held to the rules of their proto, as by the real servers. The servers can be away, and come back where they were.
 */
public final class FakeSystem implements AutoCloseable {

    private final Map<String, Document> documents = new ConcurrentSkipListMap<>();
    private final Map<String, Report> reports = new ConcurrentSkipListMap<>();
    private final Map<String, Order> orders = new ConcurrentSkipListMap<>();
    private final Map<String, Process> processes = new ConcurrentSkipListMap<>();
    private final Map<String, List<ProcessStep>> steps = new ConcurrentSkipListMap<>();
    private final Map<String, GetCausalTreeResponse> trees = new ConcurrentSkipListMap<>();
    private final Map<String, StreamEvent> events = new ConcurrentSkipListMap<>();
    private final List<Message> commands = new CopyOnWriteArrayList<>();
    private final List<StreamObserver<WatchProcessesResponse>> processWatches = new CopyOnWriteArrayList<>();
    private final List<StreamObserver<WatchReportsResponse>> reportWatches = new CopyOnWriteArrayList<>();
    private final List<StreamObserver<WatchOrdersResponse>> orderWatches = new CopyOnWriteArrayList<>();
    private volatile Outcome outcome = accepted();
    private volatile @Nullable RuntimeException listenerFails;

    private GrpcServer listener = startListener(0);
    private GrpcServer query = startQuery(0);
    private final int listenerPort = listener.port();
    private final int queryPort = query.port();

    /** The settings of a console that shows it. */
    String[] settings() {
        return new String[] {
            "--LISTENER_ADDRESS=127.0.0.1:" + listenerPort, "--QUERY_ADDRESS=127.0.0.1:" + queryPort,
        };
    }

    // --- what it shows ----------------------------------------------------------------------------------------------

    public void put(Document document) {
        documents.put(document.getDocumentId(), document);
    }

    public void put(Report report) {
        reports.put(report.getReportId(), report);
        var row = WatchReportsResponse.newBuilder().setReport(report).build();
        reportWatches.forEach(watch -> tell(watch, row));
    }

    public void put(Order order) {
        orders.put(order.getOrderId(), order);
        var row = WatchOrdersResponse.newBuilder().setOrder(order).build();
        orderWatches.forEach(watch -> tell(watch, row));
    }

    public void put(Process process, ProcessStep... history) {
        processes.put(process.getProcessId(), process);
        steps.put(process.getProcessId(), List.of(history));
        var row = WatchProcessesResponse.newBuilder().setProcess(process).build();
        processWatches.forEach(watch -> tell(watch, row));
    }

    /** What is answered to whoever asks for one of its nodes. */
    public void put(GetCausalTreeResponse tree) {
        tree.getNodesList().forEach(node -> trees.put(node.getId(), tree));
    }

    /** The next event of its stream. */
    public void put(StreamEvent event) {
        events.put(event.getEvent().getStream() + " " + event.getEvent().getVersion(), event);
    }

    private static <T> void watch(List<StreamObserver<T>> watches, StreamObserver<T> watch) {
        ((ServerCallStreamObserver<T>) watch).setOnCancelHandler(() -> watches.remove(watch));
        watches.add(watch);
    }

    private static <T> void tell(StreamObserver<T> watch, T row) {
        synchronized (watch) {
            watch.onNext(row);
        }
    }

    public void clear() {
        documents.clear();
        reports.clear();
        orders.clear();
        processes.clear();
        steps.clear();
        trees.clear();
        events.clear();
        commands.clear();
        outcome = accepted();
        listenerFails = null;
    }

    public static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
    }

    public static Money eur(long units, int cents) {
        return Money.newBuilder()
                .setCurrencyCode("EUR")
                .setUnits(units)
                .setNanos(cents * 10_000_000)
                .build();
    }

    public static Timestamp at(String instant) {
        var moment = Instant.parse(instant);
        return Timestamp.newBuilder()
                .setSeconds(moment.getEpochSecond())
                .setNanos(moment.getNano())
                .build();
    }

    public static Document document(String name, String customer, long units) {
        return Document.newBuilder()
                .setDocumentId(id(name))
                .setCustomerId(id(customer))
                .setTotalAmount(eur(units, 50))
                .build();
    }

    public static Report report(String name, String customer, Document... documents) {
        var report = Report.newBuilder().setReportId(id(name)).setCustomerId(id(customer));
        long units = 0;
        for (var document : documents) {
            units += document.getTotalAmount().getUnits();
            report.addDocuments(ReportedDocument.newBuilder()
                    .setDocumentId(document.getDocumentId())
                    .setAmount(document.getTotalAmount()));
        }
        return report.addTotals(eur(units, 0)).build();
    }

    /** With offers until next year. */
    public static Order.Builder order(String name, String customer, Menu... menus) {
        return Order.newBuilder()
                .setOrderId(id(name))
                .setCustomerId(id(customer))
                .addAllMenus(List.of(menus))
                .setStatus(OrderStatus.ORDER_STATUS_OPEN)
                .setOffersEndAt(at("2027-11-21T10:00:00Z"))
                .setProcessId(id("process of " + name));
    }

    public static Menu.Builder menu(String name, String caterer) {
        return Menu.newBuilder()
                .setMenuId(id(name))
                .setCatererId(id(caterer))
                .setDescription(name)
                .setPrice(eur(12, 50));
    }

    public static Process.Builder process(String name, String document, String changedAt) {
        return Process.newBuilder()
                .setProcessId(id(name))
                .setType("document-voiding")
                .setState("VoidingRequested")
                .setSubject("billing.document/" + id(document))
                .setCorrelationId(id(name))
                .setWaitingFor("the answer of the customer's reports")
                .setBeganAt(at("2026-11-21T09:59:59Z"))
                .setChangedAt(at(changedAt));
    }

    public static StreamEvent event(String stream, long version, String type) {
        return StreamEvent.newBuilder()
                .setEvent(Event.newBuilder()
                        .setEventId(id(stream + version))
                        .setStream(stream)
                        .setVersion(version)
                        .setType(type)
                        .setRecordedAt(at("2026-11-21T10:00:00Z"))
                        .setCorrelationId(id("correlation"))
                        .setCausationId(id("cause"))
                        .setPayload("{\"total\":\"10.00\"}"))
                .setState("{\"customerId\":\"1\"}")
                .setStateType("State" + version)
                .build();
    }

    /** A node that follows from another; none if that is empty. */
    public static CausalNode.Builder node(String name, String parent, String type) {
        return CausalNode.newBuilder()
                .setId(id(name))
                .setParentId(parent.isEmpty() ? "" : id(parent))
                .setKind(CausalNodeKind.CAUSAL_NODE_KIND_EVENT)
                .setType(type)
                .setStream("billing.document/" + id("d"))
                .setVersion(2)
                .setTime(at("2026-11-21T10:00:00.250Z"));
    }

    public static CausalNode.Builder node(String name, String parent, String type, CommandState state) {
        return node(name, parent, type)
                .setKind(CausalNodeKind.CAUSAL_NODE_KIND_COMMAND)
                .setVersion(0)
                .setTime(at("2026-11-21T10:00:00Z"))
                .setState(state);
    }

    // --- what it does -----------------------------------------------------------------------------------------------

    /** The commands given so far. */
    public List<Message> commands() {
        return List.copyOf(commands);
    }

    /** Of every command from now on. */
    public void outcome(Outcome outcome) {
        this.outcome = outcome;
    }

    public static Outcome accepted() {
        return Outcome.newBuilder()
                .setStatus(OutcomeStatus.OUTCOME_STATUS_ACCEPTED)
                .addWritten(StreamVersion.newBuilder().setStream("some/1").setVersion(1))
                .build();
    }

    public static Outcome alreadySo() {
        return Outcome.newBuilder()
                .setStatus(OutcomeStatus.OUTCOME_STATUS_ACCEPTED)
                .build();
    }

    public static Outcome rejected(String reason, String message) {
        return Outcome.newBuilder()
                .setStatus(OutcomeStatus.OUTCOME_STATUS_REJECTED)
                .setReason(reason)
                .setMessage(message)
                .build();
    }

    public static Outcome pending(String reason) {
        return Outcome.newBuilder()
                .setStatus(OutcomeStatus.OUTCOME_STATUS_PENDING)
                .setReason(reason)
                .build();
    }

    /** Of every call of the listener from now on, but for null. */
    public void listenerFails(@Nullable RuntimeException failure) {
        listenerFails = failure;
    }

    public void queryServiceGoes() {
        query.close();
        processWatches.clear();
        reportWatches.clear();
        orderWatches.clear();
    }

    public void queryServiceComesBack() {
        query = startQuery(queryPort);
    }

    public void listenerGoes() {
        listener.close();
    }

    public void listenerComesBack() {
        listener = startListener(listenerPort);
    }

    @Override
    public void close() {
        listener.close();
        query.close();
    }

    private GrpcServer startListener(int port) {
        return GrpcServer.start(
                settings(port),
                List.of(
                        new BillingCommands(),
                        new ReportCommands(),
                        new CateringCommands(),
                        new ProcessCommands(),
                        new Demo()));
    }

    private GrpcServer startQuery(int port) {
        return GrpcServer.start(
                settings(port),
                List.of(
                        new BillingQueries(),
                        new ReportQueries(),
                        new CateringQueries(),
                        new ProcessQueries(),
                        new AuditQueries(),
                        new Outcomes()));
    }

    private static GrpcServer.Settings settings(int port) {
        return new GrpcServer.Settings("127.0.0.1", port, Duration.ZERO);
    }

    private String take(Message command, String requestId) {
        if (listenerFails != null) {
            throw listenerFails;
        }
        commands.add(command);
        return id("command " + requestId);
    }

    private record Page<T>(List<T> rows, String next) {
        /** A token is the last id of the page before. */
        static <T> Page<T> of(Map<String, T> all, String token, int size, Predicate<T> wanted) {
            var most = size == 0 ? 100 : Math.min(size, 1_000);
            var rows = new ArrayList<T>();
            var last = "";
            for (var row : all.entrySet()) {
                if (row.getKey().compareTo(token) > 0 && wanted.test(row.getValue())) {
                    if (rows.size() == most) {
                        return new Page<>(rows, last);
                    }
                    rows.add(row.getValue());
                    last = row.getKey();
                }
            }
            return new Page<>(rows, "");
        }
    }

    private static <T> T known(@Nullable T row) {
        if (row == null) {
            throw GrpcErrors.notFound("NOT_FOUND", "there is no such row, or not yet");
        }
        return row;
    }

    private final class BillingCommands
            extends dev.quadrille.proto.billing.v1.CommandServiceGrpc.CommandServiceImplBase {
        @Override
        public void voidDocument(VoidDocumentRequest request, StreamObserver<VoidDocumentResponse> responses) {
            Unary.answer(responses, () -> {
                var id = take(request, request.getRequestId());
                return VoidDocumentResponse.newBuilder()
                        .setCommandId(id)
                        .setProcessId(id)
                        .build();
            });
        }
    }

    private final class ReportCommands
            extends dev.quadrille.proto.reports.v1.CommandServiceGrpc.CommandServiceImplBase {
        @Override
        public void publishReport(PublishReportRequest request, StreamObserver<PublishReportResponse> responses) {
            Unary.answer(
                    responses,
                    () -> PublishReportResponse.newBuilder()
                            .setCommandId(take(request, request.getRequestId()))
                            .build());
        }
    }

    private final class CateringCommands
            extends dev.quadrille.proto.catering.v1.CommandServiceGrpc.CommandServiceImplBase {
        @Override
        public void confirmMenuAsCustomer(
                ConfirmMenuAsCustomerRequest request, StreamObserver<ConfirmMenuAsCustomerResponse> responses) {
            Unary.answer(
                    responses,
                    () -> ConfirmMenuAsCustomerResponse.newBuilder()
                            .setCommandId(take(request, request.getRequestId()))
                            .build());
        }

        @Override
        public void confirmMenuAsCaterer(
                ConfirmMenuAsCatererRequest request, StreamObserver<ConfirmMenuAsCatererResponse> responses) {
            Unary.answer(
                    responses,
                    () -> ConfirmMenuAsCatererResponse.newBuilder()
                            .setCommandId(take(request, request.getRequestId()))
                            .build());
        }

        @Override
        public void declineMenuAsCaterer(
                DeclineMenuAsCatererRequest request, StreamObserver<DeclineMenuAsCatererResponse> responses) {
            Unary.answer(
                    responses,
                    () -> DeclineMenuAsCatererResponse.newBuilder()
                            .setCommandId(take(request, request.getRequestId()))
                            .build());
        }
    }

    private final class ProcessCommands
            extends dev.quadrille.proto.process.v1.CommandServiceGrpc.CommandServiceImplBase {
        @Override
        public void acknowledgeFailure(
                AcknowledgeFailureRequest request, StreamObserver<AcknowledgeFailureResponse> responses) {
            Unary.answer(
                    responses,
                    () -> AcknowledgeFailureResponse.newBuilder()
                            .setCommandId(take(request, request.getRequestId()))
                            .build());
        }

        @Override
        public void retryNow(RetryNowRequest request, StreamObserver<RetryNowResponse> responses) {
            Unary.answer(
                    responses,
                    () -> RetryNowResponse.newBuilder()
                            .setCommandId(take(request, request.getRequestId()))
                            .build());
        }
    }

    private final class Demo extends dev.quadrille.proto.demo.v1.CommandServiceGrpc.CommandServiceImplBase {
        @Override
        public void setDemo(SetDemoRequest request, StreamObserver<SetDemoResponse> responses) {
            Unary.answer(
                    responses,
                    () -> SetDemoResponse.newBuilder()
                            .setCommandId(take(request, request.getRequestId()))
                            .build());
        }

        @Override
        public void setSlowDown(SetSlowDownRequest request, StreamObserver<SetSlowDownResponse> responses) {
            Unary.answer(
                    responses,
                    () -> SetSlowDownResponse.newBuilder()
                            .setCommandId(take(request, request.getRequestId()))
                            .build());
        }
    }

    private final class Outcomes extends OutcomeServiceGrpc.OutcomeServiceImplBase {
        @Override
        public void awaitOutcome(AwaitOutcomeRequest request, StreamObserver<AwaitOutcomeResponse> responses) {
            Unary.answer(responses, () -> {
                if (outcome.getStatus() == OutcomeStatus.OUTCOME_STATUS_PENDING) {
                    throw GrpcErrors.deadlineExceeded("NOT_YET", "not decided in time");
                }
                return AwaitOutcomeResponse.newBuilder().setOutcome(outcome).build();
            });
        }

        @Override
        public void getOutcome(GetOutcomeRequest request, StreamObserver<GetOutcomeResponse> responses) {
            Unary.answer(
                    responses,
                    () -> GetOutcomeResponse.newBuilder().setOutcome(outcome).build());
        }
    }

    private final class BillingQueries extends dev.quadrille.proto.billing.v1.QueryServiceGrpc.QueryServiceImplBase {
        @Override
        public void getDocument(GetDocumentRequest request, StreamObserver<GetDocumentResponse> responses) {
            Unary.answer(
                    responses,
                    () -> GetDocumentResponse.newBuilder()
                            .setDocument(known(documents.get(request.getDocumentId())))
                            .build());
        }

        @Override
        public void listDocuments(ListDocumentsRequest request, StreamObserver<ListDocumentsResponse> responses) {
            var page = Page.of(
                    documents,
                    request.getPageToken(),
                    request.getPageSize(),
                    row -> request.getCustomerId().isEmpty()
                            || request.getCustomerId().equals(row.getCustomerId()));
            Unary.answer(
                    responses,
                    () -> ListDocumentsResponse.newBuilder()
                            .addAllDocuments(page.rows())
                            .setNextPageToken(page.next())
                            .build());
        }
    }

    private final class ReportQueries extends dev.quadrille.proto.reports.v1.QueryServiceGrpc.QueryServiceImplBase {
        @Override
        public void getReport(GetReportRequest request, StreamObserver<GetReportResponse> responses) {
            Unary.answer(
                    responses,
                    () -> GetReportResponse.newBuilder()
                            .setReport(known(reports.get(request.getReportId())))
                            .build());
        }

        @Override
        public void listReports(ListReportsRequest request, StreamObserver<ListReportsResponse> responses) {
            var page = Page.of(
                    reports,
                    request.getPageToken(),
                    request.getPageSize(),
                    row -> request.getCustomerId().isEmpty()
                            || request.getCustomerId().equals(row.getCustomerId()));
            Unary.answer(
                    responses,
                    () -> ListReportsResponse.newBuilder()
                            .addAllReports(page.rows())
                            .setNextPageToken(page.next())
                            .build());
        }

        @Override
        public void watchReports(WatchReportsRequest request, StreamObserver<WatchReportsResponse> responses) {
            watch(reportWatches, responses);
            reports.values()
                    .forEach(row -> tell(
                            responses,
                            WatchReportsResponse.newBuilder().setReport(row).build()));
        }
    }

    private final class CateringQueries extends dev.quadrille.proto.catering.v1.QueryServiceGrpc.QueryServiceImplBase {
        @Override
        public void getOrder(GetOrderRequest request, StreamObserver<GetOrderResponse> responses) {
            Unary.answer(
                    responses,
                    () -> GetOrderResponse.newBuilder()
                            .setOrder(known(orders.get(request.getOrderId())))
                            .build());
        }

        @Override
        public void listOrders(ListOrdersRequest request, StreamObserver<ListOrdersResponse> responses) {
            var page = Page.of(
                    orders,
                    request.getPageToken(),
                    request.getPageSize(),
                    row -> request.getCustomerId().isEmpty()
                            || request.getCustomerId().equals(row.getCustomerId()));
            Unary.answer(
                    responses,
                    () -> ListOrdersResponse.newBuilder()
                            .addAllOrders(page.rows())
                            .setNextPageToken(page.next())
                            .build());
        }

        @Override
        public void watchOrders(WatchOrdersRequest request, StreamObserver<WatchOrdersResponse> responses) {
            watch(orderWatches, responses);
            orders.values()
                    .forEach(row -> tell(
                            responses,
                            WatchOrdersResponse.newBuilder().setOrder(row).build()));
        }
    }

    private final class ProcessQueries extends dev.quadrille.proto.process.v1.QueryServiceGrpc.QueryServiceImplBase {
        @Override
        public void getProcess(GetProcessRequest request, StreamObserver<GetProcessResponse> responses) {
            Unary.answer(
                    responses,
                    () -> GetProcessResponse.newBuilder()
                            .setProcess(known(processes.get(request.getProcessId())))
                            .addAllHistory(known(steps.get(request.getProcessId())))
                            .build());
        }

        @Override
        public void listProcesses(ListProcessesRequest request, StreamObserver<ListProcessesResponse> responses) {
            var page = Page.of(
                    processes,
                    request.getPageToken(),
                    request.getPageSize(),
                    row -> (request.getState().isEmpty() || request.getState().equals(row.getState()))
                            && (request.getSubject().isEmpty()
                                    || request.getSubject().equals(row.getSubject()))
                            && (!request.getNeedsAttention()
                                    || (!row.getEnded() && (row.getFailed() || row.getOverdue()))));
            Unary.answer(
                    responses,
                    () -> ListProcessesResponse.newBuilder()
                            .addAllProcesses(page.rows())
                            .setNextPageToken(page.next())
                            .build());
        }

        @Override
        public void watchProcesses(WatchProcessesRequest request, StreamObserver<WatchProcessesResponse> responses) {
            watch(processWatches, responses);
            processes
                    .values()
                    .forEach(row -> tell(
                            responses,
                            WatchProcessesResponse.newBuilder().setProcess(row).build()));
        }
    }

    private final class AuditQueries extends dev.quadrille.proto.audit.v1.QueryServiceGrpc.QueryServiceImplBase {
        @Override
        public void getCausalTree(GetCausalTreeRequest request, StreamObserver<GetCausalTreeResponse> responses) {
            Unary.answer(responses, () -> known(trees.get(request.getId())));
        }

        @Override
        public void readStream(ReadStreamRequest request, StreamObserver<ReadStreamResponse> responses) {
            Unary.answer(responses, () -> {
                var page = Page.of(
                        events,
                        request.getPageToken(),
                        request.getPageSize(),
                        row -> row.getEvent().getStream().equals(request.getStream()));
                return ReadStreamResponse.newBuilder()
                        .addAllEvents(known(page.rows().isEmpty() ? null : page.rows()))
                        .setNextPageToken(page.next())
                        .build();
            });
        }

        @Override
        public void searchEvents(SearchEventsRequest request, StreamObserver<SearchEventsResponse> responses) {
            var page = Page.of(
                    events,
                    request.getPageToken(),
                    request.getPageSize(),
                    row -> matches(request.getType(), row.getEvent().getType())
                            && matches(request.getStream(), row.getEvent().getStream())
                            && row.getEvent().getStream().startsWith(request.getCategory())
                            && matches(
                                    request.getCorrelationId(), row.getEvent().getCorrelationId())
                            && (!request.hasRecordedFrom()
                                    || row.getEvent().getRecordedAt().getSeconds()
                                            >= request.getRecordedFrom().getSeconds())
                            && (!request.hasRecordedUntil()
                                    || row.getEvent().getRecordedAt().getSeconds()
                                            < request.getRecordedUntil().getSeconds()));
            Unary.answer(
                    responses,
                    () -> SearchEventsResponse.newBuilder()
                            .addAllEvents(page.rows().stream()
                                    .map(StreamEvent::getEvent)
                                    .toList())
                            .setNextPageToken(page.next())
                            .build());
        }

        private static boolean matches(String wanted, String actual) {
            return wanted.isEmpty() || wanted.equals(actual);
        }
    }
}
