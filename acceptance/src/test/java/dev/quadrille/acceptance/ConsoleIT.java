package dev.quadrille.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Money;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.quadrille.acceptance.support.Channels;
import dev.quadrille.acceptance.support.Patience;
import dev.quadrille.acceptance.support.Standalone;
import dev.quadrille.console.browser.Chromium;
import dev.quadrille.proto.billing.v1.CommandServiceGrpc;
import dev.quadrille.proto.billing.v1.IssueDocumentRequest;
import dev.quadrille.proto.billing.v1.ListDocumentsRequest;
import dev.quadrille.proto.reports.v1.ListReportsRequest;
import dev.quadrille.proto.reports.v1.Report;
import io.grpc.ManagedChannel;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page as a person meets it, on the whole system: what is done there happens, and shows by itself. */
@AgainstOwnSystems
class ConsoleIT {

    private static final double PATIENCE_MILLIS = (double) Patience.BUDGET.toMillis();

    private static Chromium chromium;

    private final Standalone system;

    @AutoClose("shutdownNow")
    private final ManagedChannel listener;

    @AutoClose("shutdownNow")
    private final ManagedChannel query;

    private final String customer = UUID.randomUUID().toString();

    @AutoClose
    private BrowserContext person;

    private Page page;

    ConsoleIT(Standalone system) {
        this.system = system;
        this.listener = Channels.open(system.addresses().listener());
        this.query = Channels.open(system.addresses().query());
    }

    @BeforeAll
    static void start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    @BeforeEach
    void open() {
        person = chromium.browser().newContext();
        person.setDefaultTimeout(PATIENCE_MILLIS);
        page = person.newPage();
    }

    @Test
    void a_document_is_voided_before_the_eyes_of_who_has_pressed() {
        var document = issueDocument(10);
        var report = reportOf(document);
        var onlooker = person.newPage();
        onlooker.navigate(system.console() + "/reports/" + report.getReportId());
        assertThat(onlooker.locator("main")).containsText("EUR 10.00");
        show("/documents/" + document);

        press("Void document");

        assertThat(told()).containsText("It is begun.");
        assertThat(page.locator("#part-document")).containsText("DocumentVoided");
        assertThat(page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Void document")))
                .hasCount(0);
        assertThat(onlooker.locator("#document-" + document)).containsText("voided");
        assertThat(onlooker.locator("dl")).not().containsText("EUR");
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("See its process"))
                .click();
        assertThat(page.locator(".steps > li").last()).containsText("billing.DocumentVoidingRequested.v1");
        assertThat(page.locator("dl")).containsText("ended");
    }

    @Test
    void a_voiding_that_comes_after_publishing_fails_and_is_acknowledged() {
        var document = issueDocument(20);
        publishReportOf(document);

        show("/documents/" + document);
        press("Void document");
        assertThat(page.locator("#part-document")).containsText("MarkingDocumentAsVoidedFailed");
        press("Acknowledge failure");

        assertThat(told()).containsText("Done.");
        assertThat(page.locator("#part-document")).containsText("FailureAcknowledged");
        assertThat(button("Void document")).isVisible();
        show("/processes?attention=true&subject=billing.document/" + document);
        assertThat(page.locator("main")).containsText("No such process.");
    }

    @Test
    void the_domains_refusal_is_told_with_its_reason() {
        var document = issueDocument(30);
        publishReportOf(document);
        tellNothing(page);
        show("/documents/" + document);
        var other = person.newPage();
        other.navigate(system.console() + "/documents/" + document);
        other.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Void document"))
                .click();
        assertThat(other.locator("#part-document")).containsText("MarkingDocumentAsVoidedFailed");

        press("Void document");

        assertThat(told()).containsText("FAILURE_NOT_ACKNOWLEDGED");
    }

    @Test
    void the_demo_issues_documents_until_it_is_stopped() {
        show("/");
        press("Start the demo");
        assertThat(told()).containsText("Start the demo: Done.");
        var before = documents();
        eventually(() -> assertThat(documents()).isGreaterThan(before));

        press("Stop the demo");
        assertThat(told()).containsText("Stop the demo: Done.");
    }

    private void show(String path) {
        page.navigate(system.console() + path);
    }

    private void publishReportOf(String document) {
        show("/reports/" + reportOf(document).getReportId());
        press("Publish report");
        assertThat(told()).containsText("Done.");
        assertThat(page.locator("dl")).containsText("published");
    }

    /** So that it still shows what was there when it was opened. */
    private static void tellNothing(Page page) {
        page.route("**", route -> {
            if (route.request().resourceType().equals("eventsource")) {
                route.abort();
            } else {
                route.resume();
            }
        });
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(Pattern.compile("^" + name)))
                .first();
    }

    private void press(String name) {
        button(name).click();
    }

    private Locator told() {
        return page.locator("#told");
    }

    private String issueDocument(long euros) {
        var request = IssueDocumentRequest.newBuilder()
                .setCustomerId(customer)
                .setTotalAmount(Money.newBuilder().setCurrencyCode("EUR").setUnits(euros));
        return CommandServiceGrpc.newBlockingStub(listener)
                .issueDocument(request.build())
                .getDocumentId();
    }

    private Report reportOf(String document) {
        var reports = dev.quadrille.proto.reports.v1.QueryServiceGrpc.newBlockingStub(query);
        var wanted = ListReportsRequest.newBuilder().setCustomerId(customer).build();
        eventually(() -> assertThat(reports.listReports(wanted).getReportsList())
                .anySatisfy(report -> assertThat(report.getDocumentsList())
                        .anyMatch(one -> one.getDocumentId().equals(document))));
        return reports.listReports(wanted).getReports(0);
    }

    private int documents() {
        var billing = dev.quadrille.proto.billing.v1.QueryServiceGrpc.newBlockingStub(query);
        return billing.listDocuments(
                        ListDocumentsRequest.newBuilder().setPageSize(1_000).build())
                .getDocumentsCount();
    }
}
