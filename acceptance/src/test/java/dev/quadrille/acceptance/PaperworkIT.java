package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Expected.assertAccepted;
import static dev.quadrille.acceptance.Expected.assertRejected;
import static dev.quadrille.acceptance.Expected.written;
import static dev.quadrille.acceptance.support.Amount.eur;
import static io.grpc.Status.Code.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quadrille.acceptance.support.Amount;
import dev.quadrille.acceptance.support.Paperwork;
import dev.quadrille.acceptance.support.SystemUnderTest;
import dev.quadrille.proto.billing.v1.Document;
import dev.quadrille.proto.billing.v1.IssueDocumentRequest;
import dev.quadrille.proto.billing.v1.ListDocumentsRequest;
import dev.quadrille.proto.billing.v1.VoidDocumentRequest;
import dev.quadrille.proto.reports.v1.ListReportsRequest;
import dev.quadrille.proto.reports.v1.Report;
import dev.quadrille.proto.reports.v1.ReportedDocument;
import dev.quadrille.proto.reports.v1.WatchReportsRequest;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Documents are issued, come into reports, and those are published. */
@AgainstEverySystem
class PaperworkIT {

    @AutoClose
    private final Paperwork paper;

    private final UUID customer = UUID.randomUUID();

    PaperworkIT(SystemUnderTest system) {
        paper = new Paperwork(system.addresses());
    }

    @Test
    void P12_an_issued_document_is_shown_with_the_token_of_its_command() {
        var issue = paper.issue(customer, eur(10));

        var outcome = paper.outcomeOf(issue.command());
        assertAccepted(outcome, issue.command(), written("billing.document/" + issue.document(), 1));
        assertThat(paper.document(issue.document(), outcome.getConsistencyToken()))
                .isEqualTo(document(issue.document(), eur(10)).build());
        assertThat(documents(outcome.getConsistencyToken()))
                .containsExactly(document(issue.document(), eur(10)).build());
    }

    @Test
    void P2_the_same_request_to_issue_has_the_same_ids_and_one_document() {
        var request = IssueDocumentRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setCustomerId(customer.toString())
                .setTotalAmount(eur(10).money())
                .build();

        var first = paper.billing().issueDocument(request);
        assertThat(paper.billing().issueDocument(request)).isEqualTo(first);
        var other = paper.issue(customer, eur(5));

        for (var command : List.of(UUID.fromString(first.getCommandId()), other.command())) {
            assertThat(documents(paper.outcomeOf(command).getConsistencyToken()))
                    .isNotEmpty();
        }
        assertThat(documents(""))
                .extracting(Document::getDocumentId)
                .containsExactlyInAnyOrder(
                        first.getDocumentId(), other.document().toString());
    }

    @Test
    void documents_are_gathered_into_the_customers_report() {
        var first = paper.reported(customer, eur(10));
        var second = paper.reported(customer, new Amount("USD", "7.50"));
        var third = paper.reported(customer, eur(5));

        assertThat(paper.reportsOf(customer)).singleElement().satisfies(report -> {
            assertThat(report)
                    .isEqualTo(Report.newBuilder()
                            .setReportId(report.getReportId())
                            .setCustomerId(customer.toString())
                            .addDocuments(reported(first, eur(10)))
                            .addDocuments(reported(second, new Amount("USD", "7.50")))
                            .addDocuments(reported(third, eur(5)))
                            .addTotals(eur(15).money())
                            .addTotals(new Amount("USD", "7.50").money())
                            .build());
            assertThat(paper.report(UUID.fromString(report.getReportId()), "")).isEqualTo(report);
        });
    }

    @Test
    void a_document_after_the_publication_opens_the_next_report() {
        var first = paper.reported(customer, eur(10));
        var report = onlyReport();

        var published = paper.publish(customer, report);
        var outcome = paper.outcomeOf(published);
        assertAccepted(outcome, published, written("reports.customer/" + customer, 2));
        assertThat(paper.report(report, outcome.getConsistencyToken()).getPublished())
                .isTrue();
        var second = paper.reported(customer, eur(5));

        var of = paper.reportsOf(customer);
        assertThat(of).hasSize(2);
        assertThat(of).filteredOn(Report::getPublished).singleElement().satisfies(one -> {
            assertThat(one.getReportId()).isEqualTo(report.toString());
            assertThat(one.getDocumentsList()).containsExactly(reported(first, eur(10)));
        });
        assertThat(of)
                .filteredOn(one -> !one.getPublished())
                .singleElement()
                .satisfies(one -> assertThat(one.getDocumentsList()).containsExactly(reported(second, eur(5))));
    }

    @Test
    void publishing_again_is_accepted_and_changes_nothing() {
        paper.reported(customer, eur(10));
        var report = onlyReport();
        paper.outcomeOf(paper.publish(customer, report));

        var again = paper.publish(customer, report);

        assertAccepted(paper.outcomeOf(again), again);
    }

    @Test
    void a_report_that_is_not_there_can_not_be_published() {
        paper.reported(customer, eur(10));
        var report = onlyReport();

        var unknown = paper.publish(customer, UUID.randomUUID());
        var ofAnother = paper.publish(UUID.randomUUID(), report);

        assertRejected(paper.outcomeOf(unknown), unknown, "REPORT_NOT_FOUND");
        assertRejected(paper.outcomeOf(ofAnother), ofAnother, "REPORT_NOT_FOUND");
        assertThat(paper.report(report, "").getPublished()).isFalse();
    }

    @Test
    void a_document_that_is_not_there_can_not_be_voided() {
        var voiding = paper.voidDocument(UUID.randomUUID());

        assertThat(voiding.process()).isEqualTo(voiding.command());
        assertRejected(paper.outcomeOf(voiding.command()), voiding.command(), "DOCUMENT_NOT_FOUND");
    }

    @Test
    void a_document_that_somebody_wants_to_be_void_has_the_process() {
        var document = paper.reported(customer, eur(10));
        var request = VoidDocumentRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setDocumentId(document.toString())
                .build();

        var voiding = paper.billing().voidDocument(request);
        assertThat(paper.billing().voidDocument(request)).isEqualTo(voiding);

        var command = UUID.fromString(voiding.getCommandId());
        var outcome = paper.outcomeOf(command);
        assertAccepted(outcome, command, written("billing.document/" + document, 2));
        assertThat(paper.document(document, outcome.getConsistencyToken()).getProcessId())
                .isEqualTo(voiding.getProcessId());
    }

    @Test
    void documents_and_reports_come_page_by_page_in_the_order_of_their_ids() {
        var issued = new ArrayList<String>();
        for (var round = 0; round < 3; round++) {
            issued.add(paper.reported(customer, eur(10)).toString());
            paper.outcomeOf(paper.publish(customer, openReport()));
        }

        var documents = new ArrayList<String>();
        var nextDocuments = ListDocumentsRequest.newBuilder()
                .setCustomerId(customer.toString())
                .setPageSize(2);
        do {
            var page = paper.documents().listDocuments(nextDocuments.build());
            assertThat(page.getDocumentsCount()).isBetween(1, 2);
            page.getDocumentsList().forEach(document -> documents.add(document.getDocumentId()));
            nextDocuments.setPageToken(page.getNextPageToken());
        } while (!nextDocuments.getPageToken().isEmpty());
        assertThat(documents).isSorted().containsExactlyInAnyOrderElementsOf(issued);

        var reports = new ArrayList<Report>();
        var nextReports = ListReportsRequest.newBuilder()
                .setCustomerId(customer.toString())
                .setPageSize(2);
        do {
            var page = paper.reports().listReports(nextReports.build());
            assertThat(page.getReportsCount()).isBetween(1, 2);
            reports.addAll(page.getReportsList());
            nextReports.setPageToken(page.getNextPageToken());
        } while (!nextReports.getPageToken().isEmpty());
        assertThat(reports).extracting(Report::getReportId).isSorted().doesNotHaveDuplicates();
        assertThat(reports.stream().flatMap(report -> report.getDocumentsList().stream()))
                .extracting(ReportedDocument::getDocumentId)
                .containsExactlyInAnyOrderElementsOf(issued);
    }

    @Test
    void a_watch_tells_of_a_report_with_each_document_and_of_its_publication() {
        var watch = paper.reports()
                .watchReports(WatchReportsRequest.newBuilder()
                        .setCustomerId(customer.toString())
                        .build());
        var first = paper.issue(customer, eur(10)).document();
        assertThat(watch.next().getReport().getDocumentsList()).containsExactly(reported(first, eur(10)));

        var second = paper.issue(customer, eur(5)).document();
        var report = watch.next().getReport();
        assertThat(report.getDocumentsList()).containsExactly(reported(first, eur(10)), reported(second, eur(5)));
        assertThat(report.getTotalsList()).containsExactly(eur(15).money());

        paper.publish(customer, UUID.fromString(report.getReportId()));
        assertThat(watch.next().getReport())
                .isEqualTo(report.toBuilder().setPublished(true).build());
    }

    @Test
    void what_is_not_there_is_not_found() {
        Stream.<Runnable>of(() -> paper.document(UUID.randomUUID(), ""), () -> paper.report(UUID.randomUUID(), ""))
                .forEach(call -> assertThat(catchThrowableOfType(StatusRuntimeException.class, call::run)
                                .getStatus()
                                .getCode())
                        .isEqualTo(NOT_FOUND));
        assertThat(documents("")).isEmpty();
        assertThat(paper.reportsOf(customer)).isEmpty();
    }

    private List<Document> documents(String consistencyToken) {
        return paper.documents()
                .listDocuments(ListDocumentsRequest.newBuilder()
                        .setCustomerId(customer.toString())
                        .setConsistencyToken(consistencyToken)
                        .build())
                .getDocumentsList();
    }

    private UUID onlyReport() {
        assertThat(paper.reportsOf(customer)).hasSize(1);
        return openReport();
    }

    private UUID openReport() {
        return paper.reportsOf(customer).stream()
                .filter(report -> !report.getPublished())
                .map(report -> UUID.fromString(report.getReportId()))
                .findFirst()
                .orElseThrow();
    }

    private Document.Builder document(UUID id, Amount amount) {
        return Document.newBuilder()
                .setDocumentId(id.toString())
                .setCustomerId(customer.toString())
                .setTotalAmount(amount.money());
    }

    private static ReportedDocument reported(UUID document, Amount amount) {
        return ReportedDocument.newBuilder()
                .setDocumentId(document.toString())
                .setAmount(amount.money())
                .build();
    }
}
