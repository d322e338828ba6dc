package dev.quadrille.reports.customer;

import static dev.quadrille.billing.Examples.DOCUMENT;
import static dev.quadrille.billing.Examples.OTHER_DOCUMENT;
import static dev.quadrille.billing.Examples.OTHER_PROCESS;
import static dev.quadrille.billing.Examples.PROCESS;
import static dev.quadrille.financing.Examples.eur;
import static dev.quadrille.financing.Examples.usd;
import static dev.quadrille.reports.Examples.CUSTOMER;
import static dev.quadrille.reports.Examples.NEXT_REPORT;
import static dev.quadrille.reports.Examples.REPORT;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.billing.document.ProcessId;
import dev.quadrille.domain.Installation;
import dev.quadrille.reports.customer.CustomerReportsCommand.AddDocument;
import dev.quadrille.reports.customer.CustomerReportsCommand.MarkDocumentAsVoided;
import dev.quadrille.reports.customer.CustomerReportsCommand.PublishReport;
import dev.quadrille.reports.customer.CustomerReportsEvent.DocumentAddedToReport;
import dev.quadrille.reports.customer.CustomerReportsEvent.MarkingDocumentAsVoidedFailed;
import dev.quadrille.reports.customer.CustomerReportsEvent.MarkingDocumentAsVoidedSucceeded;
import dev.quadrille.reports.customer.CustomerReportsEvent.ReportPublished;
import dev.quadrille.testkit.DeciderScenario;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CustomerReportsDeciderTest {

    private static final DocumentAddedToReport ADDED = added(REPORT, DOCUMENT, false);
    private static final ReportPublished PUBLISHED = new ReportPublished(CUSTOMER, REPORT);
    private static final MarkingDocumentAsVoidedSucceeded MARKED = marked(PROCESS);
    private static final MarkingDocumentAsVoidedFailed NOT_MARKED = notMarked(PROCESS);

    @Nested
    class Adding {

        private final AddDocument add = add(DOCUMENT, REPORT);

        @Test
        void the_first_document_opens_a_report() {
            given().when(add).then(ADDED);
        }

        @Test
        void further_ones_are_added_to_the_open_report_whatever_their_currency() {
            given(ADDED).when(add(OTHER_DOCUMENT, NEXT_REPORT)).then(added(REPORT, OTHER_DOCUMENT, false));
            given(ADDED)
                    .when(new AddDocument(CUSTOMER, OTHER_DOCUMENT, NEXT_REPORT, usd(5)))
                    .then(new DocumentAddedToReport(CUSTOMER, REPORT, OTHER_DOCUMENT, usd(5), false));
        }

        @Test
        void once_it_is_published_the_next_one_opens_the_next_report() {
            given(ADDED, PUBLISHED)
                    .when(add(OTHER_DOCUMENT, NEXT_REPORT))
                    .then(added(NEXT_REPORT, OTHER_DOCUMENT, false));
        }

        @Test
        void again_is_a_no_op_wherever_the_document_is_and_whatever_the_amount() {
            given(ADDED).when(add).thenNothing();
            given(ADDED)
                    .when(new AddDocument(CUSTOMER, DOCUMENT, REPORT, eur(11)))
                    .thenNothing();
            given(ADDED, PUBLISHED).when(add(DOCUMENT, NEXT_REPORT)).thenNothing();
            given(ADDED, MARKED).when(add).thenNothing();
        }

        @Test
        void a_document_that_was_marked_before_it_came_comes_voided() {
            given(MARKED).when(add).then(added(REPORT, DOCUMENT, true));
            given(MARKED).when(add(OTHER_DOCUMENT, REPORT)).then(added(REPORT, OTHER_DOCUMENT, false));
        }

        @Test
        void a_published_report_is_not_opened_again() {
            given(ADDED, PUBLISHED).when(add(OTHER_DOCUMENT, REPORT)).thenRejected("REPORT_PUBLISHED");
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -1})
        void a_document_of_nothing_is_refused(long amount) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new AddDocument(CUSTOMER, DOCUMENT, REPORT, eur(amount)));
        }
    }

    @Nested
    class Publishing {

        private final PublishReport publish = new PublishReport(CUSTOMER, REPORT);

        @Test
        void the_open_report_is_published() {
            given(ADDED).when(publish).then(PUBLISHED);
            given(ADDED, MARKED).when(publish).then(PUBLISHED);
        }

        @Test
        void again_is_a_no_op() {
            given(ADDED, PUBLISHED).when(publish).thenNothing();
            given(ADDED, PUBLISHED, added(NEXT_REPORT, OTHER_DOCUMENT, false))
                    .when(publish)
                    .thenNothing();
        }

        @Test
        void there_has_to_be_a_report() {
            given().when(publish).thenRejected("REPORT_NOT_FOUND");
            given(MARKED).when(publish).thenRejected("REPORT_NOT_FOUND");
            given(ADDED).when(new PublishReport(CUSTOMER, NEXT_REPORT)).thenRejected("REPORT_NOT_FOUND");
            given(ADDED, PUBLISHED)
                    .when(new PublishReport(CUSTOMER, NEXT_REPORT))
                    .thenRejected("REPORT_NOT_FOUND");
        }
    }

    @Nested
    class Marking {

        private final MarkDocumentAsVoided mark = mark(PROCESS);

        @Test
        void a_document_in_the_open_report_is_marked() {
            given(ADDED).when(mark).then(MARKED);
        }

        @Test
        void a_document_in_a_published_report_is_not() {
            given(ADDED, PUBLISHED).when(mark).then(NOT_MARKED);
            given(ADDED, PUBLISHED, added(NEXT_REPORT, OTHER_DOCUMENT, false))
                    .when(mark)
                    .then(NOT_MARKED);
        }

        @Test
        void whoever_asks_again_is_answered_again() {
            given(ADDED, MARKED).when(mark).then(MARKED);
            given(ADDED, MARKED).when(mark(OTHER_PROCESS)).then(marked(OTHER_PROCESS));
            given(ADDED, PUBLISHED, NOT_MARKED).when(mark).then(NOT_MARKED);
            given(ADDED, PUBLISHED, NOT_MARKED).when(mark(OTHER_PROCESS)).then(notMarked(OTHER_PROCESS));
        }

        @Test
        void a_document_that_was_marked_before_its_report_was_published_stays_marked() {
            given(ADDED, MARKED, PUBLISHED).when(mark).then(MARKED);
            given(ADDED, MARKED, PUBLISHED).when(mark(OTHER_PROCESS)).then(marked(OTHER_PROCESS));
        }

        @Test
        void a_mark_that_arrives_before_its_document_is_remembered() {
            given().when(mark).then(MARKED);
            given(MARKED).when(mark).then(MARKED);
            given(MARKED, added(REPORT, DOCUMENT, true)).when(mark).then(MARKED);
            given(MARKED, added(REPORT, DOCUMENT, true), PUBLISHED).when(mark).then(MARKED);
        }
    }

    @Nested
    class A_stream_is_corrupt {

        static final List<List<CustomerReportsEvent>> CORRUPT = List.of(
                List.of(PUBLISHED),
                List.of(NOT_MARKED),
                List.of(added(REPORT, DOCUMENT, true)),
                List.of(ADDED, ADDED),
                List.of(ADDED, added(NEXT_REPORT, OTHER_DOCUMENT, false)),
                List.of(ADDED, new ReportPublished(CUSTOMER, NEXT_REPORT)),
                List.of(ADDED, NOT_MARKED),
                List.of(MARKED, ADDED),
                List.of(ADDED, PUBLISHED, PUBLISHED),
                List.of(ADDED, PUBLISHED, MARKED),
                List.of(ADDED, PUBLISHED, added(REPORT, OTHER_DOCUMENT, false)),
                List.of(ADDED, PUBLISHED, new MarkingDocumentAsVoidedFailed(CUSTOMER, DOCUMENT, PROCESS, NEXT_REPORT)),
                List.of(ADDED, MARKED, PUBLISHED, NOT_MARKED));

        @ParameterizedTest
        @FieldSource("CORRUPT")
        void in_which_this_has_happened(List<CustomerReportsEvent> history) {
            var scenario = given(history.toArray(CustomerReportsEvent[]::new));

            assertThatIllegalStateException().isThrownBy(() -> scenario.when(new PublishReport(CUSTOMER, REPORT)));
        }
    }

    private static AddDocument add(DocumentId document, ReportId newReport) {
        return new AddDocument(CUSTOMER, document, newReport, eur(10));
    }

    private static MarkDocumentAsVoided mark(ProcessId process) {
        return new MarkDocumentAsVoided(CUSTOMER, DOCUMENT, process);
    }

    private static DocumentAddedToReport added(ReportId report, DocumentId document, boolean voided) {
        return new DocumentAddedToReport(CUSTOMER, report, document, eur(10), voided);
    }

    private static MarkingDocumentAsVoidedSucceeded marked(ProcessId process) {
        return new MarkingDocumentAsVoidedSucceeded(CUSTOMER, DOCUMENT, process);
    }

    private static MarkingDocumentAsVoidedFailed notMarked(ProcessId process) {
        return new MarkingDocumentAsVoidedFailed(CUSTOMER, DOCUMENT, process, REPORT);
    }

    private static DeciderScenario<CustomerReportsCommand, CustomerReportsEvent> given(
            CustomerReportsEvent... history) {
        return DeciderScenario.given(CustomerReportsDecider.aggregate(), Installation.codec(), history);
    }
}
