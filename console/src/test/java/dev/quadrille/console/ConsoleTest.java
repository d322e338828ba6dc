package dev.quadrille.console;

import static dev.quadrille.console.FakeSystem.at;
import static dev.quadrille.console.FakeSystem.document;
import static dev.quadrille.console.FakeSystem.event;
import static dev.quadrille.console.FakeSystem.id;
import static dev.quadrille.console.FakeSystem.menu;
import static dev.quadrille.console.FakeSystem.node;
import static dev.quadrille.console.FakeSystem.order;
import static dev.quadrille.console.FakeSystem.process;
import static dev.quadrille.console.FakeSystem.rejected;
import static dev.quadrille.console.FakeSystem.report;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.quadrille.grpc.GrpcErrors;
import dev.quadrille.proto.audit.v1.CommandState;
import dev.quadrille.proto.audit.v1.GetCausalTreeResponse;
import dev.quadrille.proto.audit.v1.ParkedNode;
import dev.quadrille.proto.billing.v1.VoidDocumentRequest;
import dev.quadrille.proto.catering.v1.ConfirmMenuAsCatererRequest;
import dev.quadrille.proto.catering.v1.ConfirmMenuAsCustomerRequest;
import dev.quadrille.proto.catering.v1.DeclineMenuAsCatererRequest;
import dev.quadrille.proto.catering.v1.OrderStatus;
import dev.quadrille.proto.demo.v1.SetDemoRequest;
import dev.quadrille.proto.demo.v1.SetSlowDownRequest;
import dev.quadrille.proto.process.v1.AcknowledgeFailureRequest;
import dev.quadrille.proto.process.v1.IssuedCommand;
import dev.quadrille.proto.process.v1.ProcessInput;
import dev.quadrille.proto.process.v1.ProcessInputKind;
import dev.quadrille.proto.process.v1.ProcessStep;
import dev.quadrille.proto.process.v1.RetryNowRequest;
import dev.quadrille.proto.process.v1.ScheduledDeadline;
import dev.quadrille.proto.reports.v1.PublishReportRequest;
import dev.quadrille.proto.reports.v1.ReportedDocument;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the console answers over HTTP, on servers that show what a test has put there. */
@Timeout(120)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConsoleTest {

    private static final FakeSystem SYSTEM = new FakeSystem();
    private static final RunningConsole CONSOLE = RunningConsole.of(SYSTEM, "--CONSOLE_HOSTS=console.example");
    private static final Pattern FORM = Pattern.compile(
            "action=\"([^\"]+)\"[^>]*>\\s*<input type=\"hidden\" name=\"request_id\" value=\"([^\"]+)\"");
    private static final String HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

    @AfterAll
    static void stop() {
        CONSOLE.close();
        SYSTEM.close();
    }

    @BeforeEach
    void empty() {
        SYSTEM.clear();
    }

    private static Map<String, String> form(String... fields) {
        return IntStream.iterate(0, i -> i < fields.length, i -> i + 2)
                .boxed()
                .collect(toMap(i -> fields[i], i -> fields[i + 1]));
    }

    // --- what is shown ----------------------------------------------------------------------------------------------

    @Test
    void the_overview_shows_processes_reports_and_documents() throws Exception {
        var document = document("d", "c", 1_234);
        SYSTEM.put(document.toBuilder()
                .setProcessId(id("p"))
                .setProcessState("VoidingRequested")
                .build());
        SYSTEM.put(report("r", "c", document));
        SYSTEM.put(process("p", "d", "2026-11-21T10:00:00Z").setOverdue(true).build());

        var page = CONSOLE.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("id=\"process-" + id("p"), "VoidingRequested", ">overdue<", "2026-11-21 10:00:00 UTC")
                .contains("id=\"report-" + id("r"), ">EUR 1,234.00<", ">open<", "Publish report")
                .contains("id=\"document-" + id("d"), ">EUR 1,234.50<", "/processes/" + id("p"));
    }

    @Test
    void those_that_need_attention_come_first_and_then_those_that_changed_last() throws Exception {
        SYSTEM.put(process("old trouble", "d", "2026-11-21T10:00:00Z")
                .setFailed(true)
                .build());
        SYSTEM.put(process("older", "d", "2026-11-21T10:00:01Z").build());
        SYSTEM.put(process("newer", "d", "2026-11-21T10:00:02Z").build());

        assertThat(CONSOLE.get("/").body())
                .containsSubsequence(
                        "id=\"process-" + id("old trouble"),
                        "id=\"process-" + id("newer"),
                        "id=\"process-" + id("older"));
    }

    @Test
    void a_process_shows_its_whole_history() throws Exception {
        SYSTEM.put(
                process("p", "d", "2026-11-21T10:00:00Z")
                        .setStuckBecause("a message is parked")
                        .build(),
                ProcessStep.newBuilder()
                        .setNumber(1)
                        .setTakenAt(at("2026-11-21T09:00:00Z"))
                        .setInput(ProcessInput.newBuilder()
                                .setKind(ProcessInputKind.PROCESS_INPUT_KIND_EVENT)
                                .setType("billing.DocumentVoidingRequested.v1")
                                .setStream("billing.document/1")
                                .setVersion(2))
                        .addCommands(IssuedCommand.newBuilder()
                                .setType("reports.MarkDocumentAsVoided.v1")
                                .setStream("reports.customer/2"))
                        .addDeadlines(ScheduledDeadline.newBuilder()
                                .setType("voiding.AnswerOverdue.v1")
                                .setScheduledFor(at("2026-11-21T09:00:30Z")))
                        .setState("VoidingRequested")
                        .build(),
                ProcessStep.newBuilder()
                        .setNumber(2)
                        .setInput(ProcessInput.newBuilder()
                                .setKind(ProcessInputKind.PROCESS_INPUT_KIND_DEADLINE)
                                .setType("voiding.AnswerOverdue.v1")
                                .setScheduledFor(at("2026-11-21T09:00:30Z")))
                        .build(),
                ProcessStep.newBuilder()
                        .setNumber(3)
                        .setInput(ProcessInput.newBuilder().setKind(ProcessInputKind.PROCESS_INPUT_KIND_RETRY))
                        .setEnded(true)
                        .build());

        assertThat(CONSOLE.get("/processes/" + id("p")).body())
                .contains("the answer of the customer&#39;s reports", "a message is parked", id("p"), "Retry now")
                .containsSubsequence(
                        "Step 3",
                        "A person asked for a retry",
                        ">ended<",
                        "Step 2",
                        "Deadline reached",
                        "2026-11-21 09:00:30 UTC",
                        "Step 1",
                        "billing.DocumentVoidingRequested.v1",
                        "billing.document/1 @2",
                        "reports.MarkDocumentAsVoided.v1",
                        "reports.customer/2",
                        "voiding.AnswerOverdue.v1");
    }

    @Test
    void of_a_very_long_history_the_newest_steps_are_shown_and_the_others_can_be_had() throws Exception {
        SYSTEM.put(
                process("p", "d", "2026-11-21T10:00:00Z").build(),
                IntStream.rangeClosed(1, 103)
                        .mapToObj(number ->
                                ProcessStep.newBuilder().setNumber(number).build())
                        .toArray(ProcessStep[]::new));
        var path = "/processes/" + id("p");

        assertThat(CONSOLE.get(path).body())
                .contains("id=\"step-103\"", "id=\"step-4\"", ">3 earlier steps<", path + "?all=true")
                .doesNotContain("id=\"step-3\"");
        assertThat(CONSOLE.get(path + "?all=true").body())
                .contains("id=\"step-1\"")
                .doesNotContain("earlier steps");
    }

    @Test
    void a_list_goes_on_where_the_page_ended() throws Exception {
        var names = IntStream.range(0, 60).mapToObj(i -> "d" + i).toList();
        names.forEach(name -> SYSTEM.put(document(name, "c", 1)));
        var more = Pattern.compile("<a href=\"(/documents\\?[^\"]*after=[^\"]+)\">More documents");

        var first = CONSOLE.get("/documents?customer=" + id("c")).body();
        var link = more.matcher(first);
        assertThat(link.find()).isTrue();
        var second = CONSOLE.get(link.group(1).replace("&amp;", "&")).body();

        var row = Pattern.compile("<tr[^>]* id=\"document-([^\"]+)\"");
        var shown = new ArrayList<String>();
        row.matcher(first).results().forEach(match -> shown.add(match.group(1)));
        assertThat(shown).hasSize(50);
        row.matcher(second).results().forEach(match -> shown.add(match.group(1)));
        assertThat(shown)
                .doesNotHaveDuplicates()
                .hasSize(60)
                .isSubsetOf(names.stream().map(FakeSystem::id).collect(toSet()));
        assertThat(second).doesNotContain("More documents");
    }

    @Test
    void processes_can_be_filtered() throws Exception {
        SYSTEM.put(process("failed", "d1", "2026-11-21T10:00:00Z")
                .setState("X")
                .setFailed(true)
                .build());
        SYSTEM.put(process("fine", "d2", "2026-11-21T10:00:00Z").build());

        assertThat(CONSOLE.get("/processes?attention=true").body())
                .contains("process-" + id("failed"), "checked=\"checked\"")
                .doesNotContain("process-" + id("fine"));
        assertThat(CONSOLE.get("/processes?state=X").body())
                .contains("process-" + id("failed"), "value=\"X\"")
                .doesNotContain("process-" + id("fine"));
        assertThat(CONSOLE.get("/processes?subject=billing.document/" + id("d2"))
                        .body())
                .contains("process-" + id("fine"))
                .doesNotContain("process-" + id("failed"));
    }

    @Test
    void a_report_and_a_document_have_pages_of_their_own() throws Exception {
        var one = document("one", "c", 1);
        var other = document("other", "c", 2);
        SYSTEM.put(one);
        SYSTEM.put(report("r", "c", one, other));
        SYSTEM.put(process("p", "one", "2026-11-21T10:00:00Z").build());

        assertThat(CONSOLE.get("/reports/" + id("r")).body())
                .containsSubsequence("document-" + id("other"), "document-" + id("one"));
        assertThat(CONSOLE.get("/documents/" + id("one")).body())
                .contains(id("one"), "EUR 1.50", "process-" + id("p"), "Void");
    }

    @Test
    void why_something_has_happened_is_drawn_as_nested_lists() throws Exception {
        SYSTEM.put(GetCausalTreeResponse.newBuilder()
                .setCorrelationId(id("void"))
                .addNodes(node("void", "", "billing.VoidDocument.v1", CommandState.COMMAND_STATE_ACCEPTED))
                .addNodes(node("requested", "void", "billing.DocumentVoidingRequested.v1"))
                .addNodes(
                        node("mark", "requested", "reports.MarkDocumentAsVoided.v1", CommandState.COMMAND_STATE_PARKED)
                                .clearTime()
                                .setIssuedBy("a policy")
                                .addParked(ParkedNode.newBuilder()
                                        .setParkedId(id("parked"))
                                        .setConsumer("commands.reports.3")
                                        .setReason("no deck")))
                .addNodes(node("late", "requested", "process.ReachDeadline.v1", CommandState.COMMAND_STATE_IN_FLIGHT))
                .addNodes(node("no", "", "process.RetryNow.v1", CommandState.COMMAND_STATE_REJECTED)
                        .setReason("NOTHING_TO_RETRY")
                        .setMessage("It waits for nobody"))
                .setTruncated(true)
                .build());

        var page = CONSOLE.get("/why/" + id("requested"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .containsSubsequence(
                        "<ul",
                        "billing.VoidDocument.v1",
                        ">accepted<",
                        "<ul",
                        "class=\"asked\"",
                        "billing.DocumentVoidingRequested.v1",
                        "+0.250 s",
                        "/streams/billing.document/" + id("d"),
                        "<ul",
                        "reports.MarkDocumentAsVoided.v1",
                        ">parked<",
                        "by “a policy”",
                        "Parked as " + id("parked") + " by commands.reports.3: no deck",
                        "process.ReachDeadline.v1",
                        "in-flight",
                        "</ul>",
                        "</ul>",
                        "process.RetryNow.v1",
                        "NOTHING_TO_RETRY: It waits for nobody",
                        "It goes on behind these.");
        assertThat(CONSOLE.get("/why/" + id("nobody")).statusCode()).isEqualTo(404);
        assertThat(CONSOLE.get("/why/me").statusCode()).isEqualTo(400);
    }

    @Test
    void a_long_chain_of_causes_is_drawn_to_its_end() throws Exception {
        var tree = GetCausalTreeResponse.newBuilder();
        IntStream.range(0, 1_000)
                .forEach(i -> tree.addNodes(node("n" + i, i == 0 ? "" : "n" + (i - 1), "ferry.Sailed.v1")));
        SYSTEM.put(tree.build());

        assertThat(CONSOLE.get("/why/" + id("n0")).body()).contains("node-" + id("n0"), "node-" + id("n999"));
    }

    @Test
    void a_stream_is_shown_event_by_event_with_the_state_after_each() throws Exception {
        var stream = "billing.document/" + id("d");
        SYSTEM.put(event(stream, 1, "billing.DocumentIssued.v1"));
        SYSTEM.put(event(stream, 2, "billing.DocumentVoided.v1"));

        assertThat(CONSOLE.get("/streams/" + stream).body())
                .containsSubsequence(
                        stream,
                        "Version 1",
                        "/why/" + id(stream + 1),
                        "billing.DocumentIssued.v1",
                        "{&quot;total&quot;:&quot;10.00&quot;}",
                        "is then",
                        ">State1<",
                        "Version 2",
                        ">State2<");
        assertThat(CONSOLE.get("/streams/billing.document/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void events_can_be_searched() throws Exception {
        SYSTEM.put(event("billing.document/1", 1, "billing.DocumentIssued.v1"));
        SYSTEM.put(event("reports.customer/1", 1, "reports.ReportPublished.v1"));

        assertThat(CONSOLE.get("/events").body())
                .contains("/streams/billing.document/1", "/why/" + id("reports.customer/11"));
        for (var query :
                List.of("type=billing.DocumentIssued.v1", "stream=billing.document", "stream=billing.document/1")) {
            assertThat(CONSOLE.get("/events?" + query).body())
                    .as(query)
                    .contains("event-" + id("billing.document/11"))
                    .doesNotContain("event-" + id("reports.customer/11"));
        }
        assertThat(CONSOLE.get("/events?correlation=" + id("another")).body()).contains("No such event.");
        assertThat(CONSOLE.get("/events?from=2026-11-21T10:00&until=2026-11-21T10:00:01")
                        .body())
                .contains("event-" + id("billing.document/11"), "value=\"2026-11-21T10:00\"");
        assertThat(CONSOLE.get("/events?from=2026-11-21T10:00:01&until=").body())
                .contains("No such event.");
        assertThat(CONSOLE.get("/events?until=2026-11-21T10:00").body()).contains("No such event.");
        assertThat(CONSOLE.get("/events?from=yesterday").statusCode()).isEqualTo(400);
        assertThat(CONSOLE.get("/events?correlation=me").statusCode()).isEqualTo(400);
    }

    @Test
    void orders_show_their_menus_with_what_was_said_of_them_and_their_process() throws Exception {
        SYSTEM.put(order(
                        "o",
                        "c",
                        menu("soup", "k")
                                .setConfirmedByCustomer(true)
                                .setConfirmedByCaterer(true)
                                .build(),
                        menu("stew", "l").setDeclined(true).build())
                .setStatus(OrderStatus.ORDER_STATUS_CONFIRMED)
                .setConfirmedMenuId(id("soup"))
                .build());
        SYSTEM.put(
                order("other", "d").setStatus(OrderStatus.ORDER_STATUS_EXPIRED).build());

        for (var path : List.of("/", "/orders")) {
            assertThat(CONSOLE.get(path).body())
                    .contains("id=\"order-" + id("o"), "2027-11-21 10:00:00 UTC", "/processes/" + id("process of o"))
                    .contains(">confirmed<", ">expired<")
                    .containsSubsequence(
                            ">stew<",
                            "caterer declined",
                            ">soup<",
                            "customer confirmed",
                            "caterer confirmed",
                            "chosen");
        }
        assertThat(CONSOLE.get("/orders?customer=" + id("c")).body())
                .contains("order-" + id("o"))
                .doesNotContain("order-" + id("other"));
        assertThat(CONSOLE.get("/orders/" + id("o")).body())
                .contains(id("o"), id("c"), "/processes/" + id("process of o"), "EUR 12.50")
                .containsSubsequence("id=\"menu-" + id("stew"), "id=\"menu-" + id("soup"), "chosen");
    }

    @Test
    void a_process_leads_to_its_order() throws Exception {
        SYSTEM.put(process("p", "d", "2026-11-21T10:00:00Z")
                .setSubject("catering.order/" + id("o"))
                .build());

        for (var path : List.of("/processes", "/processes/" + id("p"))) {
            assertThat(CONSOLE.get(path).body()).contains("href=\"/orders/" + id("o") + "\"");
        }
    }

    @Test
    void each_side_can_answer_what_it_has_not_answered_while_the_order_is_open() throws Exception {
        SYSTEM.put(order(
                        "o",
                        "c",
                        menu("new", "k").build(),
                        menu("wanted", "k").setConfirmedByCustomer(true).build(),
                        menu("offered", "k").setConfirmedByCaterer(true).build(),
                        menu("declined", "k").setDeclined(true).build())
                .build());
        var menus = "/orders/" + id("o") + "/menus/";

        assertThat(ids(CONSOLE.get("/orders/" + id("o")).body()).keySet())
                .containsExactlyInAnyOrder(
                        menus + id("new") + "/confirm-as-customer",
                        menus + id("new") + "/confirm-as-caterer",
                        menus + id("new") + "/decline-as-caterer",
                        menus + id("wanted") + "/confirm-as-caterer",
                        menus + id("wanted") + "/decline-as-caterer",
                        menus + id("offered") + "/confirm-as-customer",
                        menus + id("declined") + "/confirm-as-customer");
    }

    @Test
    void what_is_answered_about_a_menu_is_a_command() throws Exception {
        var menu = "/orders/" + id("o") + "/menus/" + id("m");

        for (var action : List.of("/confirm-as-customer", "/confirm-as-caterer", "/decline-as-caterer")) {
            var answer = CONSOLE.post(menu + action, form("request_id", id("q")));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("Done.", "href=\"/orders/" + id("o") + "\"");
        }

        assertThat(SYSTEM.commands())
                .containsExactly(
                        ConfirmMenuAsCustomerRequest.newBuilder()
                                .setRequestId(id("q"))
                                .setOrderId(id("o"))
                                .setMenuId(id("m"))
                                .build(),
                        ConfirmMenuAsCatererRequest.newBuilder()
                                .setRequestId(id("q"))
                                .setOrderId(id("o"))
                                .setMenuId(id("m"))
                                .build(),
                        DeclineMenuAsCatererRequest.newBuilder()
                                .setRequestId(id("q"))
                                .setOrderId(id("o"))
                                .setMenuId(id("m"))
                                .build());
    }

    @Test
    void nothing_is_offered_that_the_state_does_not_allow() throws Exception {
        var voided = document("v", "c", 1).toBuilder().setVoided(true).build();
        SYSTEM.put(voided);
        SYSTEM.put(document("u", "c", 1).toBuilder()
                .setProcessState("VoidingRequested")
                .build());
        SYSTEM.put(report("r", "c", voided).toBuilder()
                .setPublished(true)
                .setDocuments(
                        0, ReportedDocument.newBuilder().setDocumentId(id("v")).setVoided(true))
                .build());
        SYSTEM.put(process("p", "v", "2026-11-21T10:00:00Z").setEnded(true).build());
        SYSTEM.put(order("o", "c", menu("m", "k").build())
                .setStatus(OrderStatus.ORDER_STATUS_EXPIRED)
                .build());

        for (var path : List.of(
                "/orders/" + id("o"), "/", "/documents/" + id("v"), "/reports/" + id("r"), "/processes/" + id("p"))) {
            assertThat(ids(CONSOLE.get(path).body()).keySet())
                    .as(path)
                    .allMatch(Set.of("/demo", "/slow-down")::contains);
        }
    }

    @Test
    void everything_that_is_shown_is_escaped() throws Exception {
        SYSTEM.put(document("d", "c", 1).toBuilder()
                .setCustomerId(HOSTILE)
                .setProcessId(HOSTILE)
                .setProcessState(HOSTILE)
                .setTotalAmount(FakeSystem.eur(1, 0).toBuilder().setCurrencyCode(HOSTILE))
                .build());
        SYSTEM.put(report("r", "c", document("d", "c", 1)).toBuilder()
                .setCustomerId(HOSTILE)
                .build());
        SYSTEM.put(
                process("p", "d", "2026-11-21T10:00:00Z")
                        .setType(HOSTILE)
                        .setState(HOSTILE)
                        .setSubject(HOSTILE)
                        .setCorrelationId(HOSTILE)
                        .setWaitingFor(HOSTILE)
                        .setStuckBecause(HOSTILE)
                        .build(),
                ProcessStep.newBuilder()
                        .setInput(ProcessInput.newBuilder().setType(HOSTILE).setStream(HOSTILE))
                        .addCommands(IssuedCommand.newBuilder().setType(HOSTILE).setStream(HOSTILE))
                        .setState(HOSTILE)
                        .build());
        SYSTEM.put(GetCausalTreeResponse.newBuilder()
                .setCorrelationId(HOSTILE)
                .addNodes(node("n", "", HOSTILE, CommandState.COMMAND_STATE_PARKED)
                        .setStream(HOSTILE)
                        .setIssuedBy(HOSTILE)
                        .setReason(HOSTILE)
                        .setMessage(HOSTILE)
                        .addParked(ParkedNode.newBuilder().setConsumer(HOSTILE).setReason(HOSTILE)))
                .build());
        var hostileEvent = event("billing.document/" + HOSTILE, 1, HOSTILE).toBuilder()
                .setState(HOSTILE)
                .setStateType(HOSTILE);
        hostileEvent.getEventBuilder().setPayload(HOSTILE);
        SYSTEM.put(hostileEvent.build());
        hostileEvent.getEventBuilder().setStream("billing.document/hostile");
        SYSTEM.put(hostileEvent.build());
        SYSTEM.put(order("o", "c", menu(HOSTILE, "k").setCatererId(HOSTILE).build())
                .setCustomerId(HOSTILE)
                .setProcessId(HOSTILE)
                .build());
        SYSTEM.outcome(rejected(HOSTILE, HOSTILE));
        var asParameter = URLEncoder.encode(HOSTILE, UTF_8);

        var pages = List.of(
                CONSOLE.get("/"),
                CONSOLE.get("/processes/" + id("p")),
                CONSOLE.get("/processes?state=" + asParameter + "&subject=" + asParameter),
                CONSOLE.get("/reports/" + id("r")),
                CONSOLE.get("/orders/" + id("o")),
                CONSOLE.get("/documents?customer=" + asParameter),
                CONSOLE.get("/why/" + id("n")),
                CONSOLE.get("/why/" + asParameter.replace("+", "%20")),
                CONSOLE.get("/events"),
                CONSOLE.get("/events?type=" + asParameter + "&stream=" + asParameter + "&correlation=" + asParameter),
                CONSOLE.get("/streams/billing.document/hostile"),
                CONSOLE.get("/documents/" + asParameter.replace("+", "%20")),
                CONSOLE.get("/" + asParameter.replace("+", "%20")),
                CONSOLE.post("/documents/" + id("d") + "/void", form("request_id", id("q"))));

        assertThat(pages)
                .allSatisfy(page -> assertThat(page.body())
                        .startsWith("<!doctype html>")
                        .doesNotContain("<script>", "<img", "\"'>"));
        assertThat(pages.getFirst().body()).contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;");
    }

    // --- what is wrong ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "/nothing, 404, The console has no page here.",
        "/static/nothing.js, 404, The console has no page here.",
        "/documents/not-an-id, 400, The query service does not understand this",
        "/documents?customer=x, 400, The query service does not understand this",
        "/processes?attention=perhaps, 400, The console does not understand this request.",
        "/processes/00000000-0000-0000-0000-000000000000, 404, 'There is no such thing, or not yet.'",
    })
    void a_request_without_an_answer_is_told_why(String path, int status, String sentence) throws Exception {
        var page = CONSOLE.get(path);

        assertThat(page.statusCode()).isEqualTo(status);
        assertThat(page.body()).startsWith("<!doctype html>").contains(sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/../../etc/passwd", "/static/..%2f..%2ftemplates/page.html", "/static/../templates/page.html"})
    void nothing_but_what_is_meant_to_be_read_can_be(String path) throws Exception {
        var answer = CONSOLE.raw("GET " + path + " HTTP/1.1", "Host: localhost", "Connection: close");

        assertThat(answer).containsPattern("^HTTP/1.1 40[04]").doesNotContain("root:", "th:text", "Tomcat");
    }

    // --- who may ask ------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:8082", "LOCALHOST", "127.0.0.1:1", "192.0.2.7", "[::1]:8082", "console.example:80"})
    void the_console_answers_by_its_names(String host) throws Exception {
        assertThat(CONSOLE.raw("GET / HTTP/1.1", "Host: " + host, "Connection: close"))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8082", "evil.console.example"})
    void a_name_that_somebody_has_pointed_here_is_refused(String host) throws Exception {
        assertThat(CONSOLE.raw("GET / HTTP/1.1", "Host: " + host, "Connection: close"))
                .startsWith("HTTP/1.1 421")
                .contains("CONSOLE_HOSTS")
                .doesNotContain("<html");
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, https://evil.example",
        "Origin, null",
        "Origin, http://localhost.evil.example",
    })
    void a_button_pressed_by_another_site_is_refused(String header, String value) throws Exception {
        var answer = CONSOLE.post("/demo", form("request_id", id("q"), "on", "true"), header, value);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(SYSTEM.commands()).isEmpty();
    }

    @Test
    void the_origin_must_have_the_port_of_the_host_too() throws Exception {
        var neighbour = "http://127.0.0.1:" + (CONSOLE.port() + 1);

        assertThat(CONSOLE.post("/demo", form("request_id", id("q"), "on", "true"), "Origin", neighbour)
                        .statusCode())
                .isEqualTo(403);
        assertThat(CONSOLE.post("/demo", form("request_id", id("q"), "on", "true"), "Origin", CONSOLE.address())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_link_from_elsewhere_may_be_followed_and_nothing_else_be_read() throws Exception {
        assertThat(CONSOLE.get(
                                "/",
                                "Sec-Fetch-Site",
                                "cross-site",
                                "Sec-Fetch-Mode",
                                "navigate",
                                "Sec-Fetch-Dest",
                                "document")
                        .statusCode())
                .isEqualTo(200);
        assertThat(CONSOLE.get(
                                "/",
                                "Sec-Fetch-Site",
                                "cross-site",
                                "Sec-Fetch-Mode",
                                "navigate",
                                "Sec-Fetch-Dest",
                                "iframe")
                        .statusCode())
                .isEqualTo(403);
        assertThat(CONSOLE.get(
                                "/",
                                "Sec-Fetch-Site",
                                "cross-site",
                                "Sec-Fetch-Mode",
                                "no-cors",
                                "Accept",
                                "text/event-stream")
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
    void a_button_is_a_post(String method) throws Exception {
        assertThat(CONSOLE.raw(method + " /demo?on=true&request_id=1 HTTP/1.1", "Host: localhost", "Connection: close"))
                .startsWith("HTTP/1.1 405");
        assertThat(SYSTEM.commands()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing", "/static/console.css"})
    void every_answer_forbids_what_comes_from_elsewhere(String path) throws Exception {
        var headers = CONSOLE.get(path).headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe", "http:", "https:", "data:", "*");
        assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Set-Cookie")).isEmpty();
        assertThat(headers.firstValue("Server")).isEmpty();
    }

    // --- buttons ----------------------------------------------------------------------------------------------------

    @Test
    void each_button_gives_its_command() throws Exception {
        var request = UUID.randomUUID().toString();

        assertThat(CONSOLE.post("/documents/" + id("d") + "/void", form("request_id", request))
                        .body())
                .contains(
                        "Void document " + id("d").substring(0, 8),
                        "It is begun.",
                        "/processes/" + id("command " + request));
        CONSOLE.post("/reports/" + id("r") + "/publish", form("request_id", request, "customer", id("c")));
        CONSOLE.post("/processes/" + id("p") + "/acknowledge", form("request_id", request));
        CONSOLE.post("/processes/" + id("p") + "/retry", form("request_id", request));
        CONSOLE.post("/demo", form("request_id", request, "on", "true"));
        CONSOLE.post("/slow-down", form("request_id", request, "seconds", "3"));

        assertThat(SYSTEM.commands())
                .containsExactly(
                        VoidDocumentRequest.newBuilder()
                                .setRequestId(request)
                                .setDocumentId(id("d"))
                                .build(),
                        PublishReportRequest.newBuilder()
                                .setRequestId(request)
                                .setCustomerId(id("c"))
                                .setReportId(id("r"))
                                .build(),
                        AcknowledgeFailureRequest.newBuilder()
                                .setRequestId(request)
                                .setProcessId(id("p"))
                                .build(),
                        RetryNowRequest.newBuilder()
                                .setRequestId(request)
                                .setProcessId(id("p"))
                                .build(),
                        SetDemoRequest.newBuilder()
                                .setRequestId(request)
                                .setOn(true)
                                .build(),
                        SetSlowDownRequest.newBuilder()
                                .setRequestId(request)
                                .setPause(Duration.newBuilder().setSeconds(3))
                                .build());
    }

    @Test
    void a_form_has_its_request_id_for_as_long_as_the_page_has_its_key() throws Exception {
        SYSTEM.put(document("d", "c", 1));
        SYSTEM.put(process("p", "d", "2026-11-21T10:00:00Z").build());
        SYSTEM.put(report("r", "c", document("d", "c", 1)));
        var key = UUID.randomUUID();

        var page = ids(CONSOLE.get("/?key=" + key).body());

        assertThat(page.keySet())
                .contains(
                        "/documents/" + id("d") + "/void",
                        "/processes/" + id("p") + "/retry",
                        "/reports/" + id("r") + "/publish",
                        "/demo",
                        "/slow-down");
        assertThat(page.values())
                .doesNotHaveDuplicates()
                .allSatisfy(requestId -> assertThat(UUID.fromString(requestId)).isNotNull());
        assertThat(ids(CONSOLE.get("/?key=" + key).body())).isEqualTo(page);
        assertThat(ids(CONSOLE.get("/").body()).values()).doesNotContainAnyElementsOf(page.values());
    }

    private static Map<String, String> ids(String page) {
        return FORM.matcher(page)
                .results()
                .collect(toMap(form -> form.group(1), form -> form.group(2), (one, other) -> one));
    }

    @Test
    void a_settled_command_makes_room_for_the_next_wish_and_an_open_one_is_the_same_again() throws Exception {
        var button = "/processes/" + id("p") + "/retry";
        var form = form("request_id", id("q"));

        assertThat(CONSOLE.post(button, form).headers().firstValue("Console-Key"))
                .isPresent();
        SYSTEM.outcome(rejected("NOTHING_TO_RETRY", "It waits for nobody."));
        assertThat(CONSOLE.post(button, form).headers().firstValue("Console-Key"))
                .isPresent();

        SYSTEM.outcome(FakeSystem.pending(""));
        var open = CONSOLE.post(button, form);
        assertThat(open.statusCode()).isEqualTo(202);
        assertThat(open.headers().firstValue("Console-Key")).isEmpty();
        assertThat(open.body())
                .contains("It is taken and not decided yet.", "Press again", "value=\"" + id("q") + "\"");
    }

    @Test
    void a_rejection_is_told_with_its_sentence_and_its_reason() throws Exception {
        SYSTEM.outcome(rejected("VOIDING_IN_PROGRESS", "The document is being voided."));

        var answer = CONSOLE.post("/documents/" + id("d") + "/void", form("request_id", id("q")));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("The document is being voided.", "VOIDING_IN_PROGRESS", "notice bad");
    }

    @Test
    void what_was_so_already_is_told_so() throws Exception {
        SYSTEM.outcome(FakeSystem.alreadySo());

        assertThat(CONSOLE.post("/documents/" + id("d") + "/void", form("request_id", id("q")))
                        .body())
                .contains("It was so already.")
                .doesNotContain("/processes/" + id("command"));
    }

    @Test
    void a_parked_command_is_told_to_wait_for_an_operator() throws Exception {
        SYSTEM.outcome(FakeSystem.pending("PARKED"));

        assertThat(CONSOLE.post("/demo", form("request_id", id("q"), "on", "false"))
                        .body())
                .contains("waits for an operator");
    }

    @Test
    void a_broker_that_is_away_is_told_with_what_to_do() throws Exception {
        SYSTEM.listenerFails(GrpcErrors.unavailable("BROKER_UNAVAILABLE", "the broker is away"));

        var answer = CONSOLE.post("/documents/" + id("d") + "/void", form("request_id", id("q")));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .contains("The listener does not answer: the broker is away", "press again: it counts once.")
                .contains("Press again", "value=\"" + id("q") + "\"");
    }

    @Test
    void what_the_listener_does_not_understand_is_told() throws Exception {
        var answer = CONSOLE.post("/documents/not-an-id/void", form("request_id", id("q")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("The listener does not understand this: document_id");
    }

    @Test
    void the_script_is_told_the_same_without_a_page_around_it() throws Exception {
        var part = CONSOLE.post("/demo", form("request_id", id("q"), "on", "true"), "Console-Part", "told");

        assertThat(part.body()).contains("notice good", "Start the demo").doesNotContain("<html", "<header");
    }

    @Test
    void a_form_without_its_fields_gives_no_command() throws Exception {
        assertThat(CONSOLE.post("/demo", form("on", "true")).statusCode()).isEqualTo(400);
        assertThat(CONSOLE.post("/slow-down", form("request_id", id("q"), "seconds", "much"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(SYSTEM.commands()).isEmpty();
    }
}
