package dev.quadrille.projections;

import static dev.quadrille.projections.Story.eur;
import static io.grpc.Status.Code.NOT_FOUND;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.grpc.WireMoney;
import dev.quadrille.kernel.ConsistencyToken;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.StreamVersion;
import dev.quadrille.postgres.TestDatabase;
import dev.quadrille.proto.reports.v1.GetReportRequest;
import dev.quadrille.proto.reports.v1.ListReportsRequest;
import dev.quadrille.proto.reports.v1.QueryServiceGrpc;
import dev.quadrille.proto.reports.v1.Report;
import dev.quadrille.proto.reports.v1.ReportedDocument;
import dev.quadrille.proto.reports.v1.WatchReportsRequest;
import dev.quadrille.proto.reports.v1.WatchReportsResponse;
import dev.quadrille.reports.customer.CustomerReportsEvent.MarkingDocumentAsVoidedSucceeded;
import dev.quadrille.reports.customer.ReportId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.quadrille.projections.QuerySide#databases")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReportsQueriesTest {

    @AutoClose
    private final QuerySide side;

    private final Paperwork paper = new Paperwork();
    private final DocumentId second = new DocumentId(UUID.randomUUID());

    ReportsQueriesTest(TestDatabase tables) {
        side = new QuerySide(tables.cleared());
    }

    @Test
    void a_report_has_its_documents_in_the_order_in_which_they_came() {
        var documents = Stream.generate(() -> new DocumentId(UUID.randomUUID()))
                .limit(5)
                .toList();
        side.project(paper.ofReports(documents.stream()
                .map(document -> paper.added(paper.report, document, eur(10)))
                .toArray(Event[]::new)));

        assertThat(get(paper.report).getDocumentsList())
                .extracting(ReportedDocument::getDocumentId)
                .containsExactlyElementsOf(
                        documents.stream().map(id -> id.value().toString()).toList());
    }

    @Test
    void all_of_a_report_is_shown() {
        side.project(paper.ofReports(paper.added()));

        assertThat(get(paper.report))
                .isEqualTo(Report.newBuilder()
                        .setReportId(paper.report.value().toString())
                        .setCustomerId(paper.customer.value().toString())
                        .addDocuments(ReportedDocument.newBuilder()
                                .setDocumentId(paper.document.value().toString())
                                .setAmount(WireMoney.toWire(eur(10))))
                        .addTotals(WireMoney.toWire(eur(10)))
                        .build());
    }

    @Test
    void totals_are_one_for_each_currency_by_ascending_code() {
        side.project(paper.ofReports(
                paper.added(paper.report, new DocumentId(UUID.randomUUID()), Money.parse("USD 1.50")),
                paper.added(paper.report, new DocumentId(UUID.randomUUID()), Money.parse("EUR 2.25")),
                paper.added(paper.report, new DocumentId(UUID.randomUUID()), Money.parse("JPY 7")),
                paper.added(paper.report, new DocumentId(UUID.randomUUID()), Money.parse("EUR 0.75"))));

        assertThat(totals(get(paper.report))).isEqualTo("EUR 3.00, JPY 7, USD 1.50");
    }

    @Test
    void a_marked_document_stays_in_its_place_and_counts_no_more() {
        side.project(paper.ofReports(
                paper.added(),
                paper.added(paper.report, second, eur(5)),
                paper.added(paper.report, new DocumentId(UUID.randomUUID()), Money.parse("USD 1")),
                paper.marked(paper.document)));

        assertThat(get(paper.report).getDocumentsList())
                .extracting(ReportedDocument::getVoided)
                .containsExactly(true, false, false);
        assertThat(totals(get(paper.report))).isEqualTo("EUR 5.00, USD 1.00");
    }

    @Test
    void a_currency_of_which_every_document_is_void_is_left_out() {
        side.project(paper.ofReports(
                paper.added(), paper.added(paper.report, second, Money.parse("USD 1")), paper.marked(paper.document)));

        assertThat(totals(get(paper.report))).isEqualTo("USD 1.00");
    }

    @Test
    void a_mark_that_was_refused_changes_nothing() {
        side.project(paper.ofReports(paper.added(), paper.published(paper.report), paper.notMarked()));

        assertThat(get(paper.report).getDocuments(0).getVoided()).isFalse();
        assertThat(totals(get(paper.report))).isEqualTo("EUR 10.00");
    }

    @Test
    void a_mark_that_comes_before_its_document_is_seen_with_the_document() {
        var events = paper.ofReports(paper.marked(paper.document), paper.addedAsVoided());
        side.project(events.subList(0, 1));
        assertThat(list(ListReportsRequest.newBuilder())).isEmpty();

        side.project(events.subList(1, 2));
        assertThat(get(paper.report).getDocuments(0).getVoided()).isTrue();
        assertThat(totals(get(paper.report))).isEmpty();
    }

    @Test
    void a_mark_in_another_customers_stream_does_not_touch_the_document() {
        var other = new Paperwork();
        side.project(paper.ofReports(paper.added()));
        side.project(
                other.ofReports(new MarkingDocumentAsVoidedSucceeded(other.reports, paper.document, other.process)));

        assertThat(get(paper.report).getDocuments(0).getVoided()).isFalse();
    }

    @Test
    void a_published_report_is_shown_so_and_the_next_one_is_open() {
        side.project(
                paper.ofReports(paper.added(), paper.published(paper.report), paper.added(paper.next, second, eur(5))));

        assertThat(get(paper.report).getPublished()).isTrue();
        assertThat(get(paper.next).getPublished()).isFalse();
        assertThat(get(paper.next).getDocumentsList())
                .extracting(ReportedDocument::getDocumentId)
                .containsExactly(second.value().toString());
    }

    @Test
    void they_are_listed_by_customer_page_by_page_by_ascending_id() {
        var other = new Paperwork();
        side.project(
                paper.ofReports(paper.added(), paper.published(paper.report), paper.added(paper.next, second, eur(5))));
        side.project(other.ofReports(other.added()));
        assertThat(list(ListReportsRequest.newBuilder())).hasSize(3);

        var told = new ArrayList<Report>();
        var token = "";
        do {
            var page = queries()
                    .listReports(ListReportsRequest.newBuilder()
                            .setCustomerId(paper.customer.value().toString())
                            .setPageSize(1)
                            .setPageToken(token)
                            .build());
            told.addAll(page.getReportsList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());

        assertThat(told).containsExactlyInAnyOrder(get(paper.report), get(paper.next));
        assertThat(told).extracting(Report::getReportId).isSorted();
    }

    @Test
    void an_id_that_nobody_used_is_not_found() {
        assertThat(Refusal.of(() -> get(paper.report)))
                .isEqualTo(new Refusal(NOT_FOUND, "REPORT_NOT_FOUND", List.of()));
    }

    @Nested
    class Watching {

        @Test
        void a_watch_tells_what_is_there_and_then_each_change_of_a_document() {
            var events = paper.ofReports(
                    paper.added(),
                    paper.added(paper.report, second, eur(5)),
                    paper.marked(paper.document),
                    paper.published(paper.report));
            side.project(events.subList(0, 1));
            var watch = watch(paper);
            assertThat(totals(next(watch))).isEqualTo("EUR 10.00");

            side.project(events.subList(1, 2));
            assertThat(totals(next(watch))).isEqualTo("EUR 15.00");

            side.project(events.subList(2, 3));
            var marked = next(watch);
            assertThat(totals(marked)).isEqualTo("EUR 5.00");
            assertThat(marked.getDocuments(0).getVoided()).isTrue();

            side.project(events.subList(3, 4));
            assertThat(next(watch).getPublished()).isTrue();
        }

        @Test
        void of_another_customer_and_of_a_mark_without_a_document_nothing_is_told() {
            var other = new Paperwork();
            var watch = watch(paper);
            var events = paper.ofReports(paper.marked(second), paper.added());

            side.project(other.ofReports(other.added()));
            side.project(events.subList(0, 1));
            side.project(events.subList(1, 2));

            assertThat(next(watch).getDocumentsList())
                    .extracting(ReportedDocument::getDocumentId)
                    .containsExactly(paper.document.value().toString());
        }

        @Test
        void only_the_report_of_the_document_that_changed_is_told() {
            var events = paper.ofReports(
                    paper.added(),
                    paper.marked(paper.document),
                    paper.published(paper.report),
                    paper.added(paper.next, second, eur(5)),
                    paper.marked(second));
            side.project(events.subList(0, 4));
            var watch = watch(paper);
            assertThat(List.of(next(watch).getReportId(), next(watch).getReportId()))
                    .containsExactlyInAnyOrder(
                            paper.report.value().toString(), paper.next.value().toString());

            side.project(events.subList(4, 5));
            assertThat(next(watch).getReportId()).isEqualTo(paper.next.value().toString());
        }

        @Test
        void P12_a_watch_waits_for_what_its_token_speaks_of() {
            var events = paper.ofReports(paper.added(), paper.added(paper.report, second, eur(5)));
            side.project(events.subList(0, 1));
            var watch = queries()
                    .watchReports(WatchReportsRequest.newBuilder()
                            .setConsistencyToken(
                                    new ConsistencyToken(Set.of(new StreamVersion(paper.reports.stream(), 2)))
                                            .toString())
                            .build());
            side.project(events);

            assertThat(totals(next(watch))).isEqualTo("EUR 15.00");
        }

        @Test
        void more_reports_than_a_page_are_all_told() {
            var papers = Stream.generate(Paperwork::new).limit(1_200).toList();
            side.project(papers.stream()
                    .flatMap(one -> one.ofReports(one.added()).stream())
                    .toList());
            var watch = queries().watchReports(WatchReportsRequest.getDefaultInstance());

            var told = Stream.generate(() -> next(watch).getReportId())
                    .limit(1_200)
                    .toList();

            assertThat(told).doesNotHaveDuplicates();
        }

        private Iterator<WatchReportsResponse> watch(Paperwork of) {
            return queries()
                    .watchReports(WatchReportsRequest.newBuilder()
                            .setCustomerId(of.customer.value().toString())
                            .build());
        }

        private static Report next(Iterator<WatchReportsResponse> watch) {
            return watch.next().getReport();
        }
    }

    private static String totals(Report report) {
        return report.getTotalsList().stream()
                .map(total -> WireMoney.fromWire(total).toString())
                .collect(joining(", "));
    }

    private Report get(ReportId report) {
        return queries()
                .getReport(GetReportRequest.newBuilder()
                        .setReportId(report.value().toString())
                        .build())
                .getReport();
    }

    private List<Report> list(ListReportsRequest.Builder request) {
        return queries().listReports(request.build()).getReportsList();
    }

    private QueryServiceGrpc.QueryServiceBlockingStub queries() {
        return QueryServiceGrpc.newBlockingStub(side.channel).withDeadlineAfter(QuerySide.PATIENCE);
    }
}
