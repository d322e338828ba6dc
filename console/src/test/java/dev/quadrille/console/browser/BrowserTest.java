package dev.quadrille.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
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
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.GetByTextOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.quadrille.console.FakeSystem;
import dev.quadrille.console.RunningConsole;
import dev.quadrille.proto.audit.v1.CommandState;
import dev.quadrille.proto.audit.v1.GetCausalTreeResponse;
import dev.quadrille.proto.audit.v1.ParkedNode;
import dev.quadrille.proto.billing.v1.VoidDocumentRequest;
import dev.quadrille.proto.catering.v1.ConfirmMenuAsCustomerRequest;
import dev.quadrille.proto.catering.v1.OrderStatus;
import dev.quadrille.proto.process.v1.IssuedCommand;
import dev.quadrille.proto.process.v1.Process;
import dev.quadrille.proto.process.v1.ProcessInput;
import dev.quadrille.proto.process.v1.ProcessInputKind;
import dev.quadrille.proto.process.v1.ProcessStep;
import dev.quadrille.proto.process.v1.ScheduledDeadline;
import dev.quadrille.proto.reports.v1.PublishReportRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The page as a person meets it, in a real browser. Pictures of it are left in {@code target/screenshots}. No page may ask
 * for anything from elsewhere, or do what its own policy forbids.
 */
@Timeout(180)
@DisplayNameGeneration(ReplaceUnderscores.class)
class BrowserTest {

    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final double PATIENCE_MS = 30_000;

    private static Chromium chromium;

    @AutoClose
    private final FakeSystem system = new FakeSystem();

    @AutoClose
    private final RunningConsole console = RunningConsole.of(system);

    private final List<BrowserContext> people = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    @BeforeAll
    static void start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    @AfterEach
    void nothing_was_asked_for_elsewhere_and_nothing_was_forbidden() {
        people.forEach(BrowserContext::close);
        assertThat(asked).isNotEmpty().allSatisfy(url -> assertThat(url).startsWith(console.address() + "/"));
        assertThat(complaints).isEmpty();
    }

    private Page open(String path) {
        return open(path, new NewContextOptions().setViewportSize(1400, 900));
    }

    private Page open(String path, NewContextOptions options) {
        var person = chromium.browser().newContext(options);
        people.add(person);
        var page = person.newPage();
        page.setDefaultTimeout(PATIENCE_MS);
        page.onRequest(request -> asked.add(request.url()));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onDialog(dialog -> complaints.add("A dialog: " + dialog.message()));
        page.navigate(console.address() + path);
        return page;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator told(Page page) {
        return page.locator("#told");
    }

    private static String brief(String name) {
        return id(name).substring(0, 8);
    }

    private static void picture(Page page, String name) {
        page.screenshot(new ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** Three customers, with something of everything. */
    private void aDayAtWork() {
        var names = List.of("rent", "power", "water", "paper", "bread", "wine");
        for (var i = 0; i < names.size(); i++) {
            var document = document(names.get(i), "customer " + i % 3, 120L * (i + 1)).toBuilder();
            switch (names.get(i)) {
                case "rent" -> document.setProcessId(id("p1")).setProcessState("MarkingDocumentAsVoidedFailed");
                case "power" -> document.setProcessId(id("p2")).setProcessState("VoidingRequested");
                case "water" ->
                    document.setProcessId(id("p3"))
                            .setProcessState("DocumentVoided")
                            .setVoided(true);
                default -> {}
            }
            system.put(document.build());
        }
        system.put(report("report 0", "customer 0", document("rent", "customer 0", 120)).toBuilder()
                .setPublished(true)
                .build());
        system.put(report("report 1", "customer 0", document("paper", "customer 0", 480)));
        system.put(report(
                        "report 2",
                        "customer 1",
                        document("power", "customer 1", 240),
                        document("bread", "customer 1", 600))
                .toBuilder()
                .addTotals(FakeSystem.eur(9_999_999, 0).toBuilder().setCurrencyCode("USD"))
                .build());
        system.put(report("report 3", "customer 2", document("wine", "customer 2", 720)));
        system.put(order(
                        "lunch",
                        "customer 1",
                        menu("Pea soup, rye bread and a pear", "caterer 1")
                                .setConfirmedByCustomer(true)
                                .build(),
                        menu("Stew", "caterer 2").setDeclined(true).build(),
                        menu("Ramen", "caterer 3").setConfirmedByCaterer(true).build())
                .build());
        system.put(order(
                        "dinner",
                        "customer 2",
                        menu("Dumplings", "caterer 1")
                                .setConfirmedByCustomer(true)
                                .setConfirmedByCaterer(true)
                                .build())
                .setStatus(OrderStatus.ORDER_STATUS_CONFIRMED)
                .setConfirmedMenuId(id("Dumplings"))
                .build());
        system.put(order("breakfast", "customer 2")
                .setStatus(OrderStatus.ORDER_STATUS_EXPIRED)
                .build());
        system.put(process("p1", "rent", "2026-11-21T10:00:07Z")
                .setState("MarkingDocumentAsVoidedFailed")
                .setWaitingFor("")
                .setFailed(true)
                .build());
        system.put(aProcess().build(), history());
        system.put(process("p3", "water", "2026-11-21T10:00:03Z")
                .setState("DocumentVoided")
                .setWaitingFor("")
                .setEnded(true)
                .build());
    }

    private static Process.Builder aProcess() {
        return process("p2", "power", "2026-11-21T10:00:35Z")
                .setOverdue(true)
                .setStuckBecause("reports.MarkDocumentAsVoided.v1 is parked: the handler failed three times");
    }

    private static ProcessStep[] history() {
        return new ProcessStep[] {
            ProcessStep.newBuilder()
                    .setNumber(1)
                    .setTakenAt(at("2026-11-21T10:00:04Z"))
                    .setInput(ProcessInput.newBuilder()
                            .setKind(ProcessInputKind.PROCESS_INPUT_KIND_EVENT)
                            .setType("billing.DocumentVoidingRequested.v1")
                            .setStream("billing.document/" + id("power"))
                            .setVersion(2))
                    .addCommands(IssuedCommand.newBuilder()
                            .setType("reports.MarkDocumentAsVoided.v1")
                            .setStream("reports.customer/" + id("customer 1")))
                    .addDeadlines(ScheduledDeadline.newBuilder()
                            .setType("voiding.AnswerOverdue.v1")
                            .setScheduledFor(at("2026-11-21T10:00:34Z")))
                    .setState("VoidingRequested")
                    .build(),
            ProcessStep.newBuilder()
                    .setNumber(2)
                    .setTakenAt(at("2026-11-21T10:00:35Z"))
                    .setInput(ProcessInput.newBuilder()
                            .setKind(ProcessInputKind.PROCESS_INPUT_KIND_DEADLINE)
                            .setType("voiding.AnswerOverdue.v1")
                            .setScheduledFor(at("2026-11-21T10:00:34Z")))
                    .setState("VoidingRequested")
                    .build(),
        };
    }

    /** A voiding whose answer is parked, as a tree and as a stream. */
    private void putAudit() {
        var stream = "billing.document/" + id("rent");
        system.put(event(stream, 1, "billing.DocumentIssued.v1"));
        system.put(event(stream, 2, "billing.DocumentVoidingRequested.v1"));
        system.put(GetCausalTreeResponse.newBuilder()
                .setCorrelationId(id("void"))
                .addNodes(node("void", "", "billing.VoidDocument.v1", CommandState.COMMAND_STATE_ACCEPTED))
                .addNodes(node("requested", "void", "billing.DocumentVoidingRequested.v1"))
                .addNodes(node("hear", "requested", "process.HandleEvent.v1", CommandState.COMMAND_STATE_ACCEPTED)
                        .setIssuedBy("document-voiding"))
                .addNodes(node("step", "hear", "process.ProcessStepTaken.v1"))
                .addNodes(node("mark", "step", "reports.MarkDocumentAsVoided.v1", CommandState.COMMAND_STATE_PARKED)
                        .clearTime()
                        .setIssuedBy("issue the commands of a process")
                        .addParked(ParkedNode.newBuilder()
                                .setParkedId(id("parked"))
                                .setConsumer("commands.reports.3")
                                .setReason("IllegalStateException: the deck is full")))
                .addNodes(node("late", "step", "process.ReachDeadline.v1", CommandState.COMMAND_STATE_SCHEDULED)
                        .clearTime()
                        .setScheduledFor(at("2026-11-21T10:00:34Z")))
                .addNodes(node("no", "", "process.RetryNow.v1", CommandState.COMMAND_STATE_REJECTED)
                        .setReason("NOTHING_TO_RETRY")
                        .setMessage("It waits for nobody who could be asked again"))
                .addNodes(node("refused", "no", "process.CommandRejected.v1"))
                .build());
    }

    @Test
    void from_a_process_one_comes_to_why_and_from_there_to_its_streams() {
        aDayAtWork();
        putAudit();
        system.put(GetCausalTreeResponse.newBuilder()
                .addNodes(node("p2", "", "billing.VoidDocument.v1", CommandState.COMMAND_STATE_IN_FLIGHT)
                        .setStream("billing.document/" + id("rent")))
                .build());
        var page = open("/processes/" + id("p2"));

        page.getByText("why", new GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("#node-" + id("p2"))).containsText("in flight");
        page.locator("#node-" + id("p2") + " a").click();
        assertThat(page.locator("#version-2")).containsText("billing.DocumentVoidingRequested.v1");
    }

    @Test
    void pages_fit_every_screen_in_light_and_dark() {
        aDayAtWork();
        putAudit();
        var paths = List.of(
                "/",
                "/processes?attention=true",
                "/processes/" + id("p2"),
                "/reports/" + id("report 2"),
                "/documents/" + id("rent"),
                "/orders",
                "/orders/" + id("lunch"),
                "/why/" + id("void"),
                "/streams/billing.document/" + id("rent"),
                "/events");
        var names = List.of(
                "overview", "processes", "process", "report", "document", "orders", "order", "why", "stream", "events");
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (var width : List.of(1400, 768, 360)) {
                var page = open(
                        "/", new NewContextOptions().setViewportSize(width, 800).setColorScheme(scheme));
                for (var i = 0; i < paths.size(); i++) {
                    page.navigate(console.address() + paths.get(i));
                    picture(page, names.get(i) + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width);
                    assertThat(page.evaluate("document.documentElement.scrollWidth"))
                            .as("%s at %s", paths.get(i), width)
                            .isEqualTo(width);
                }
            }
        }
    }

    @Test
    void a_double_click_is_one_command_and_the_next_click_another() {
        system.put(document("d", "c", 10));
        var page = open("/");

        button(page, "Void document " + brief("d")).dblclick();
        assertThat(told(page)).containsText("Void document " + brief("d") + ": It is begun.");
        var first = voided();
        assertThat(first).hasSize(1);

        button(page, "Void document " + brief("d")).click();
        page.waitForCondition(() -> voided().size() == 2);
    }

    private List<String> voided() {
        return system.commands().stream()
                .map(VoidDocumentRequest.class::cast)
                .map(VoidDocumentRequest::getRequestId)
                .distinct()
                .toList();
    }

    @Test
    void a_rejection_is_told_with_its_reason_and_where_to_look() {
        system.put(report("r", "c", document("d", "c", 10)));
        system.outcome(rejected("REPORT_NOT_FOUND", "The customer has no such report."));
        var page = open("/");

        button(page, "Publish report " + brief("r")).click();

        assertThat(told(page)).containsText("The customer has no such report.");
        assertThat(told(page)).containsText("REPORT_NOT_FOUND");
        assertThat(page).hasURL(console.address() + "/");
        assertThat(system.commands()).first().isInstanceOf(PublishReportRequest.class);
        picture(page, "rejected");
    }

    @Test
    void a_process_moves_before_the_eyes_of_everyone() {
        system.put(process("p", "d", "2026-11-21T10:00:00Z").build(), history()[0]);
        var pages = List.of(open("/"), open("/"), open("/processes/" + id("p")), open("/processes"));
        pages.forEach(page -> assertThat(
                        page.locator("main").getByText("VoidingRequested").first())
                .isVisible());

        system.put(
                process("p", "d", "2026-11-21T10:00:05Z")
                        .setState("DocumentVoided")
                        .setWaitingFor("")
                        .setEnded(true)
                        .build(),
                history());

        pages.forEach(page -> assertThat(
                        page.locator("main").getByText("DocumentVoided").first())
                .isVisible());
        assertThat(pages.get(2).locator("#step-2")).containsText("Deadline reached");
    }

    @Test
    void a_menu_is_confirmed_and_the_order_moves_before_the_eyes_of_everyone() {
        system.put(order("o", "c", menu("soup", "k").build()).build());
        var pages = List.of(open("/"), open("/orders"), open("/orders/" + id("o")));
        pages.forEach(page ->
                assertThat(page.locator("main").getByText("open", exactly())).isVisible());

        button(pages.getLast(), "Confirm as customer menu " + brief("soup")).click();

        assertThat(told(pages.getLast())).containsText("Confirm as customer, menu " + brief("soup") + ": Done.");
        assertThat(system.commands()).singleElement().isInstanceOf(ConfirmMenuAsCustomerRequest.class);
        system.put(order(
                        "o",
                        "c",
                        menu("soup", "k")
                                .setConfirmedByCustomer(true)
                                .setConfirmedByCaterer(true)
                                .build())
                .setStatus(OrderStatus.ORDER_STATUS_CONFIRMED)
                .setConfirmedMenuId(id("soup"))
                .build());
        pages.forEach(page -> {
            assertThat(page.locator("main").getByText("confirmed", exactly())).isVisible();
            assertThat(page.locator("main").getByText("chosen", exactly())).isVisible();
        });
        assertThat(pages.getLast().locator("main form")).hasCount(0);
    }

    private static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }

    @Test
    void what_changes_takes_the_focus_from_nobody() {
        system.put(process("p", "d", "2026-11-21T10:00:00Z").build());
        system.put(document("d", "c", 10));
        var page = open("/");
        var focused = button(page, "Void document " + brief("d"));
        focused.focus();

        // A row above it, and another one after it.
        system.put(document("e", "c", 11));
        system.put(document("f", "c", 11));
        system.put(process("q", "d", "2026-11-21T10:00:01Z").build());

        assertThat(page.locator("#document-" + id("e"))).isVisible();
        assertThat(page.locator("#document-" + id("f"))).isVisible();
        assertThat(page.locator("#process-" + id("q"))).isVisible();
        assertThat(focused).isFocused();

        system.put(document("d", "c", 10).toBuilder().setVoided(true).build());
        assertThat(page.locator("#document-" + id("d"))).containsText("voided");
        assertThat(page.locator("#part-documents")).isFocused();
    }

    @Test
    void all_of_it_can_be_done_by_keyboard() {
        system.put(process("p", "d", "2026-11-21T10:00:00Z").setFailed(true).build());
        var page = open("/processes/" + id("p"));

        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to the content")).isFocused();
        page.keyboard().press("Enter");
        var acknowledge = button(page, "Acknowledge failure of process " + brief("p"));
        for (var links = 0; links < 5 && !isFocused(acknowledge); links++) {
            page.keyboard().press("Tab");
        }
        assertThat(acknowledge).isFocused();
        page.keyboard().press("Enter");

        assertThat(told(page)).containsText("Acknowledge failure of process " + brief("p") + ": Done.");
        assertThat(acknowledge).isFocused();
        assertThat(told(page)).hasAttribute("aria-live", "polite");
    }

    private static boolean isFocused(Locator element) {
        return (boolean) element.evaluate("it => it === document.activeElement");
    }

    @Test
    void the_switches_are_pressed_one_by_one() {
        var page = open("/");

        button(page, "Start the demo").click();
        assertThat(told(page)).containsText("Start the demo: Done.");
        button(page, "Pause: 3 s").click();
        assertThat(told(page)).containsText("Pause 3 s before each step: Done.");
        button(page, "Pause: none").click();
        assertThat(told(page)).containsText("No pause before each step: Done.");
        button(page, "Stop the demo").click();
        assertThat(told(page)).containsText("Stop the demo: Done.");

        assertThat(system.commands()).hasSize(4);
    }

    @Test
    void while_the_query_service_is_away_the_page_says_so_and_keeps_what_it_shows() {
        system.put(process("p", "d", "2026-11-21T10:00:00Z").build());
        var page = open("/");
        assertThat(page.locator("#process-" + id("p"))).isVisible();

        system.queryServiceGoes();
        try {
            assertThat(page.locator("#connection")).containsText("does not answer");
            assertThat(page.locator("#process-" + id("p"))).isVisible();
            picture(page, "away");
            var newcomer = open("/");
            assertThat(newcomer.locator("#part-processes")).containsText("The query service does not answer.");
            picture(newcomer, "away-newcomer");
        } finally {
            system.queryServiceComesBack();
        }

        people.forEach(person ->
                assertThat(person.pages().getFirst().locator("#connection")).isEmpty());
        people.forEach(person -> assertThat(person.pages().getFirst().locator("#process-" + id("p")))
                .isVisible());
    }

    @Test
    void a_click_while_the_listener_is_away_says_what_to_do_and_counts_once() {
        system.put(document("d", "c", 10));
        var page = open("/");
        system.listenerGoes();
        try {
            button(page, "Void document " + brief("d")).click();
            assertThat(told(page)).containsText("The listener does not answer.");
            picture(page, "listener-away");
        } finally {
            system.listenerComesBack();
        }

        page.waitForCondition(() -> {
            var again = button(page, "Press again");
            if (again.count() > 0) {
                again.click();
            }
            return told(page).textContent().contains("It is begun.");
        });
        assertThat(voided()).hasSize(1);
        button(page, "Void document " + brief("d")).click();
        page.waitForCondition(() -> voided().size() == 2);
    }

    @Test
    void when_the_console_goes_the_page_says_so_and_goes_on_when_it_is_back() {
        var person = chromium.browser().newContext();
        people.add(person);
        var page = person.newPage();
        int port;
        try (var before = RunningConsole.of(system)) {
            port = before.port();
            var address = before.address();
            page.onRequest(request -> asked.add(request.url().replace(address, console.address())));
            page.navigate(address + "/documents");
            assertThat(page.locator("#part-documents")).containsText("No document yet");
        }
        assertThat(page.locator("#connection")).containsText("The console does not answer.");

        try (var _ = RunningConsole.on(port, system)) {
            system.put(document("d", "c", 10));
            assertThat(page.locator("#document-" + id("d"))).isVisible();
            assertThat(page.locator("#connection")).isEmpty();
        }
    }

    @Test
    void where_too_many_listen_a_page_says_so_and_its_buttons_are_as_good() throws Exception {
        system.put(document("d", "c", 10));
        for (var i = 0; i < 64; i++) {
            assertThat(console.listen("/documents").statusCode()).isEqualTo(200);
        }
        var page = open("/documents");
        assertThat(page.locator("#connection")).containsText("So many pages are open");

        button(page, "Void document " + brief("d")).click();
        assertThat(told(page)).containsText("Void document " + brief("d") + ": It is begun.");
        button(page, "Void document " + brief("d")).click();
        page.waitForCondition(() -> voided().size() == 2);

        system.put(document("e", "c", 10));
        assertThat(page.locator("#document-" + id("e"))).isVisible();
    }

    @Test
    void without_scripts_everything_works_page_by_page() {
        system.put(document("d", "c", 10));
        var page = open("/documents", new NewContextOptions().setJavaScriptEnabled(false));

        button(page, "Void document " + brief("d")).click();

        assertThat(page.locator("h1")).hasText("Void document " + brief("d"));
        assertThat(page.locator("main")).containsText("It is begun.");
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("See its process"))
                .click();
        assertThat(page.locator("main")).containsText("There is no such thing, or not yet.");
    }

    @Test
    void what_others_have_written_does_nothing() {
        var hostile = "\"><script>alert(1)</script><img src=x onerror=alert(2)><a href='javascript:alert(3)'>";
        system.put(document("d", "c", 10).toBuilder()
                .setCustomerId(hostile)
                .setProcessId(hostile)
                .setProcessState(hostile)
                .build());
        system.put(process("p", "d", "2026-11-21T10:00:00Z")
                .setSubject(hostile)
                .setState(hostile)
                .setWaitingFor(hostile)
                .build());
        system.outcome(rejected("NO", hostile));
        var page = open("/");

        assertThat(page.locator("#process-" + id("p"))).containsText(hostile);
        // The same again, as it is pushed.
        system.put(process("p", "d", "2026-11-21T10:00:09Z")
                .setSubject(hostile)
                .setState(hostile)
                .setWaitingFor("x" + hostile)
                .build());
        assertThat(page.locator("#process-" + id("p"))).containsText("x" + hostile);
        button(page, "Void document " + brief("d")).click();
        assertThat(told(page)).containsText(hostile);

        assertThat(page.locator("main script, main img, main a[href^=javascript]"))
                .hasCount(0);
    }

    @Test
    void a_hidden_page_does_not_listen() {
        var page = open("/");
        page.evaluate("Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});"
                + "document.dispatchEvent(new Event('visibilitychange'))");
        system.put(process("p", "d", "2026-11-21T10:00:00Z").build());
        // Another page has it: it would be here as well by now.
        assertThat(open("/").locator("#process-" + id("p"))).isVisible();
        assertThat(page.locator("#process-" + id("p"))).hasCount(0);

        page.evaluate("Object.defineProperty(document, 'visibilityState', {value: 'visible', configurable: true});"
                + "document.dispatchEvent(new Event('visibilitychange'))");
        assertThat(page.locator("#process-" + id("p"))).isVisible();
    }
}
