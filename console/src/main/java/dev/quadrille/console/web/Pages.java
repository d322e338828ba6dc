package dev.quadrille.console.web;

import static java.util.Comparator.comparing;

import dev.quadrille.console.system.Listing;
import dev.quadrille.console.system.Queries;
import dev.quadrille.console.system.RecentProcesses;
import dev.quadrille.proto.billing.v1.Document;
import dev.quadrille.proto.billing.v1.ListDocumentsRequest;
import dev.quadrille.proto.catering.v1.ListOrdersRequest;
import dev.quadrille.proto.catering.v1.Order;
import dev.quadrille.proto.process.v1.GetProcessResponse;
import dev.quadrille.proto.process.v1.ListProcessesRequest;
import dev.quadrille.proto.process.v1.Process;
import dev.quadrille.proto.process.v1.ProcessStep;
import dev.quadrille.proto.reports.v1.ListReportsRequest;
import dev.quadrille.proto.reports.v1.Report;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What there is to see, and where. */
@Controller
public final class Pages {

    private static final int FIRST_FEW = 20;
    private static final int PAGE = 50;
    private static final int MOST_STEPS = 100;

    private static final List<Flow> FLOWS = Stream.of(
                    "Invoice financing", "Document voiding", "Catering match", "Common to all")
            .map(system -> new Flow(
                    system, "/static/flows/" + system.toLowerCase(Locale.ROOT).replace(' ', '-') + ".svg"))
            .toList();

    private final Exchange exchange;
    private final Queries queries;
    private final RecentProcesses recent;

    public Pages(Exchange exchange, Queries queries, RecentProcesses recent) {
        this.exchange = exchange;
        this.queries = queries;
        this.recent = recent;
    }

    /**
     * A table, and where it goes on.
     *
     * @param caption what is in it, for who can't see the heading
     * @param more where the rows behind these are; empty if there are none
     * @param none what is said instead of an empty table
     */
    public record Table<T>(String caption, List<T> rows, String more, String none) {}

    /**
     * A process and its steps.
     *
     * @param steps the newest of them, the newest first
     * @param earlier how many there are before these
     */
    public record History(Process process, List<ProcessStep> steps, int earlier) {}

    /** Which processes to show. */
    public record Filter(boolean attention, String state, String subject) {}

    /** A system, and where the diagram of it is. */
    public record Flow(String system, String picture) {}

    @GetMapping("/")
    void overview(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var page = Page.of(
                "Overview",
                "/",
                Part.live("switches", () -> ""),
                Part.live("processes", this::newestProcesses),
                Part.live(
                        "reports",
                        () -> reports(ListReportsRequest.newBuilder().setPageSize(FIRST_FEW), Link.to("/reports"))),
                Part.live(
                        "documents",
                        () -> documents(
                                ListDocumentsRequest.newBuilder().setPageSize(FIRST_FEW), Link.to("/documents"))),
                Part.live(
                        "orders",
                        () -> orders(ListOrdersRequest.newBuilder().setPageSize(FIRST_FEW), Link.to("/orders"))));
        exchange.show(page, request, response);
    }

    @GetMapping("/processes")
    void processes(
            @RequestParam(defaultValue = "false") boolean attention,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String after,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var filter = new Filter(attention, state.strip(), subject.strip());
        var page = Page.of("Processes", "/processes", Part.still("filter", filter), Part.live("processes", () -> {
            var listed = queries.processes(ListProcessesRequest.newBuilder()
                    .setPageSize(PAGE)
                    .setPageToken(after)
                    .setNeedsAttention(filter.attention())
                    .setState(filter.state())
                    .setSubject(filter.subject())
                    .build());
            var more = Link.to("/processes")
                    .with("attention", filter.attention() ? "true" : "")
                    .with("state", filter.state())
                    .with("subject", filter.subject())
                    .with("after", listed.next());
            return table("Processes", listed, more, "No such process.");
        }));
        exchange.show(page, request, response);
    }

    @GetMapping("/processes/{id}")
    void process(
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean all,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var page = Page.of(
                "Process",
                "/processes",
                Part.live("process", () -> history(queries.process(id), all ? Integer.MAX_VALUE : MOST_STEPS)));
        exchange.show(page, request, response);
    }

    @GetMapping("/flows")
    void flows(HttpServletRequest request, HttpServletResponse response) throws IOException {
        exchange.show(Page.of("Flows", "/flows", Part.still("flows", FLOWS)), request, response);
    }

    @GetMapping("/reports")
    void reports(
            @RequestParam(defaultValue = "") String customer,
            @RequestParam(defaultValue = "") String after,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var wanted = ListReportsRequest.newBuilder()
                .setPageSize(PAGE)
                .setPageToken(after)
                .setCustomerId(customer);
        var page = Page.of(
                customer.isEmpty() ? "Reports" : "Reports of a customer",
                "/reports",
                Part.live("reports", () -> reports(wanted, Link.to("/reports").with("customer", customer))));
        exchange.show(page, request, response);
    }

    @GetMapping("/reports/{id}")
    void report(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        exchange.show(Page.of("Report", "/reports", Part.live("report", () -> queries.report(id))), request, response);
    }

    @GetMapping("/documents")
    void documents(
            @RequestParam(defaultValue = "") String customer,
            @RequestParam(defaultValue = "") String after,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var wanted = ListDocumentsRequest.newBuilder()
                .setPageSize(PAGE)
                .setPageToken(after)
                .setCustomerId(customer);
        var page = Page.of(
                customer.isEmpty() ? "Documents" : "Documents of a customer",
                "/documents",
                Part.live(
                        "documents",
                        () -> documents(wanted, Link.to("/documents").with("customer", customer))));
        exchange.show(page, request, response);
    }

    @GetMapping("/documents/{id}")
    void document(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var page = Page.of(
                "Document",
                "/documents",
                Part.live("document", () -> queries.document(id)),
                Part.live("processes", () -> {
                    var subject = Show.subjectOf(id);
                    var listed = queries.processes(ListProcessesRequest.newBuilder()
                            .setPageSize(FIRST_FEW)
                            .setSubject(subject)
                            .build());
                    var more = Link.to("/processes").with("subject", subject);
                    return table("Processes about it", listed, more, "No process has been about it.");
                }));
        exchange.show(page, request, response);
    }

    @GetMapping("/orders")
    void orders(
            @RequestParam(defaultValue = "") String customer,
            @RequestParam(defaultValue = "") String after,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var wanted = ListOrdersRequest.newBuilder()
                .setPageSize(PAGE)
                .setPageToken(after)
                .setCustomerId(customer);
        var page = Page.of(
                customer.isEmpty() ? "Orders" : "Orders of a customer",
                "/orders",
                Part.live("orders", () -> orders(wanted, Link.to("/orders").with("customer", customer))));
        exchange.show(page, request, response);
    }

    @GetMapping("/orders/{id}")
    void order(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        exchange.show(Page.of("Order", "/orders", Part.live("order", () -> queries.order(id))), request, response);
    }

    /** Those that need attention, and then those that have changed last. */
    private Table<Process> newestProcesses() {
        var troubled = queries.processes(ListProcessesRequest.newBuilder()
                .setPageSize(FIRST_FEW)
                .setNeedsAttention(true)
                .build());
        var some = queries.processes(
                ListProcessesRequest.newBuilder().setPageSize(FIRST_FEW).build());
        var show = new Show();
        var known = Stream.of(troubled.rows(), some.rows(), recent.newestFirst())
                .flatMap(List::stream)
                .collect(Collectors.toMap(
                        Process::getProcessId, process -> process, BinaryOperator.minBy(RecentProcesses.NEWEST_FIRST)));
        var rows = known.values().stream()
                .sorted(comparing((Process process) -> !show.needsAttention(process))
                        .thenComparing(RecentProcesses.NEWEST_FIRST))
                .toList();
        return new Table<>(
                "Processes",
                rows.subList(0, Math.min(FIRST_FEW, rows.size())),
                rows.size() > FIRST_FEW || some.more() ? "/processes" : "",
                "No process yet: one begins when a document is voided or an order is placed.");
    }

    private static History history(GetProcessResponse answer, int most) {
        var steps = answer.getHistoryList();
        var earlier = Math.max(0, steps.size() - most);
        return new History(
                answer.getProcess(), steps.subList(earlier, steps.size()).reversed(), earlier);
    }

    /** Each customer's together, the open one first. */
    private Table<Report> reports(ListReportsRequest.Builder wanted, Link more) {
        var listed = queries.reports(wanted.build());
        var byCustomer = listed.rows().stream()
                .sorted(comparing(Report::getCustomerId)
                        .thenComparing(Report::getPublished)
                        .thenComparing(Report::getReportId))
                .toList();
        return table(
                "Reports",
                new Listing<>(byCustomer, listed.next()),
                more.with("after", listed.next()),
                "No report yet: one begins with a customer's first document.");
    }

    private Table<Document> documents(ListDocumentsRequest.Builder wanted, Link more) {
        var listed = queries.documents(wanted.build());
        return table(
                "Documents",
                listed,
                more.with("after", listed.next()),
                "No document yet: start the demo, or issue one by gRPC.");
    }

    private Table<Order> orders(ListOrdersRequest.Builder wanted, Link more) {
        var listed = queries.orders(wanted.build());
        return table("Orders", listed, more.with("after", listed.next()), "No order yet: place one by gRPC.");
    }

    static <T> Table<T> table(String caption, Listing<T> listed, Link more, String none) {
        return new Table<>(caption, listed.rows(), listed.more() ? more.toString() : "", none);
    }
}
