package dev.quadrille.billing.document;

import static dev.quadrille.billing.Examples.CUSTOMER;
import static dev.quadrille.billing.Examples.DOCUMENT;
import static dev.quadrille.billing.Examples.OTHER_PROCESS;
import static dev.quadrille.billing.Examples.PROCESS;
import static dev.quadrille.financing.Examples.eur;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.quadrille.billing.document.DocumentCommand.AbortDocumentVoiding;
import dev.quadrille.billing.document.DocumentCommand.CompleteDocumentVoiding;
import dev.quadrille.billing.document.DocumentCommand.IssueDocument;
import dev.quadrille.billing.document.DocumentCommand.ReopenDocumentForVoiding;
import dev.quadrille.billing.document.DocumentCommand.VoidDocument;
import dev.quadrille.billing.document.DocumentEvent.DocumentIssued;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoided;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingAborted;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingFailureAcknowledged;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingRequested;
import dev.quadrille.domain.Installation;
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
class DocumentDeciderTest {

    private static final DocumentIssued ISSUED = new DocumentIssued(DOCUMENT, CUSTOMER, eur(10));
    private static final DocumentVoidingRequested REQUESTED = requested(PROCESS);
    private static final DocumentVoided VOIDED = new DocumentVoided(DOCUMENT, PROCESS);
    private static final DocumentVoidingAborted ABORTED = new DocumentVoidingAborted(DOCUMENT, PROCESS);
    private static final DocumentVoidingFailureAcknowledged ACKNOWLEDGED =
            new DocumentVoidingFailureAcknowledged(DOCUMENT, PROCESS);

    /** To each state that an issued document can be in. */
    static final List<List<DocumentEvent>> HISTORIES = List.of(
            List.of(ISSUED),
            List.of(ISSUED, REQUESTED),
            List.of(ISSUED, REQUESTED, VOIDED),
            List.of(ISSUED, REQUESTED, ABORTED),
            List.of(ISSUED, REQUESTED, ABORTED, ACKNOWLEDGED),
            List.of(ISSUED, REQUESTED, ABORTED, ACKNOWLEDGED, requested(OTHER_PROCESS)));

    @Nested
    class Issuing {

        @Test
        void a_document_is_issued_to_a_customer() {
            given().when(new IssueDocument(DOCUMENT, CUSTOMER, eur(10))).then(ISSUED);
        }

        @ParameterizedTest
        @FieldSource("dev.quadrille.billing.document.DocumentDeciderTest#HISTORIES")
        void again_is_a_no_op_whatever_has_happened_and_whatever_the_amount(List<DocumentEvent> history) {
            given(history).when(new IssueDocument(DOCUMENT, CUSTOMER, eur(10))).thenNothing();
            given(history).when(new IssueDocument(DOCUMENT, CUSTOMER, eur(11))).thenNothing();
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -1})
        void a_document_of_nothing_is_refused(long amount) {
            assertThatIllegalArgumentException().isThrownBy(() -> new IssueDocument(DOCUMENT, CUSTOMER, eur(amount)));
        }
    }

    @Nested
    class Voiding {

        private final VoidDocument asked = new VoidDocument(DOCUMENT, PROCESS);
        private final VoidDocument other = new VoidDocument(DOCUMENT, OTHER_PROCESS);

        @Test
        void an_issued_document_begins_to_be_voided() {
            given(ISSUED).when(asked).then(REQUESTED);
        }

        @Test
        void there_has_to_be_a_document() {
            given().when(asked).thenRejected("DOCUMENT_NOT_FOUND");
        }

        @Test
        void while_a_process_is_voiding_it_no_other_begins() {
            given(ISSUED, REQUESTED).when(other).thenRejected("VOIDING_IN_PROGRESS");
        }

        @Test
        void a_document_that_is_void_stays_so() {
            given(ISSUED, REQUESTED, VOIDED).when(asked).thenNothing();
            given(ISSUED, REQUESTED, VOIDED).when(other).thenNothing();
        }

        @Test
        void after_a_failure_no_other_begins_until_it_is_acknowledged() {
            given(ISSUED, REQUESTED, ABORTED).when(other).thenRejected("FAILURE_NOT_ACKNOWLEDGED");
            given(ISSUED, REQUESTED, ABORTED, ACKNOWLEDGED).when(other).then(requested(OTHER_PROCESS));
        }

        @Test
        void the_same_process_does_not_begin_again() {
            given(ISSUED, REQUESTED).when(asked).thenNothing();
            given(ISSUED, REQUESTED, ABORTED).when(asked).thenNothing();
            given(ISSUED, REQUESTED, ABORTED, ACKNOWLEDGED).when(asked).thenNothing();
        }
    }

    @Nested
    class Completing {

        private final CompleteDocumentVoiding complete = new CompleteDocumentVoiding(DOCUMENT, PROCESS);

        @Test
        void the_document_is_voided_by_the_process_that_is_voiding_it() {
            given(ISSUED, REQUESTED).when(complete).then(VOIDED);
        }

        @Test
        void again_is_a_no_op() {
            given(ISSUED, REQUESTED, VOIDED).when(complete).thenNothing();
        }

        @Test
        void a_process_that_is_not_voiding_it_changes_nothing() {
            given(ISSUED).when(complete).thenNothing();
            given(ISSUED, REQUESTED, ABORTED).when(complete).thenNothing();
            given(ISSUED, REQUESTED, ABORTED, ACKNOWLEDGED).when(complete).thenNothing();
            given(ISSUED, REQUESTED, ABORTED, ACKNOWLEDGED, requested(OTHER_PROCESS))
                    .when(complete)
                    .thenNothing();
        }

        @Test
        void there_has_to_be_a_document() {
            given().when(complete).thenRejected("DOCUMENT_NOT_FOUND");
        }
    }

    @Nested
    class Aborting {

        private final AbortDocumentVoiding abort = new AbortDocumentVoiding(DOCUMENT, PROCESS);

        @Test
        void the_voiding_is_given_up_by_the_process_that_is_voiding_it() {
            given(ISSUED, REQUESTED).when(abort).then(ABORTED);
        }

        @Test
        void again_is_a_no_op() {
            given(ISSUED, REQUESTED, ABORTED).when(abort).thenNothing();
        }

        @Test
        void a_process_that_is_not_voiding_it_changes_nothing() {
            given(ISSUED).when(abort).thenNothing();
            given(ISSUED, REQUESTED, VOIDED).when(abort).thenNothing();
            given(ISSUED, REQUESTED, ABORTED, ACKNOWLEDGED).when(abort).thenNothing();
            given(ISSUED, REQUESTED, ABORTED, ACKNOWLEDGED, requested(OTHER_PROCESS))
                    .when(abort)
                    .thenNothing();
        }

        @Test
        void there_has_to_be_a_document() {
            given().when(abort).thenRejected("DOCUMENT_NOT_FOUND");
        }
    }

    @Nested
    class Reopening {

        private final ReopenDocumentForVoiding reopen = new ReopenDocumentForVoiding(DOCUMENT, PROCESS);

        @Test
        void the_failure_of_the_process_that_gave_up_is_acknowledged() {
            given(ISSUED, REQUESTED, ABORTED).when(reopen).then(ACKNOWLEDGED);
        }

        @Test
        void ends_the_voiding_of_which_nobody_has_told_that_it_was_aborted() {
            given(ISSUED, REQUESTED).when(reopen).then(ABORTED, ACKNOWLEDGED);
        }

        @Test
        void again_is_a_no_op() {
            given(ISSUED, REQUESTED, ABORTED, ACKNOWLEDGED).when(reopen).thenNothing();
        }

        @Test
        void a_process_that_has_not_given_up_changes_nothing() {
            given(ISSUED).when(reopen).thenNothing();
            given(ISSUED, REQUESTED, VOIDED).when(reopen).thenNothing();
        }

        @Test
        void the_failure_of_another_process_stays_unacknowledged() {
            given(ISSUED, REQUESTED, ABORTED)
                    .when(new ReopenDocumentForVoiding(DOCUMENT, OTHER_PROCESS))
                    .thenNothing();
            given(
                            ISSUED,
                            REQUESTED,
                            ABORTED,
                            ACKNOWLEDGED,
                            requested(OTHER_PROCESS),
                            new DocumentVoidingAborted(DOCUMENT, OTHER_PROCESS))
                    .when(reopen)
                    .thenNothing();
        }

        @Test
        void there_has_to_be_a_document() {
            given().when(reopen).thenRejected("DOCUMENT_NOT_FOUND");
        }
    }

    @Nested
    class A_stream_is_corrupt {

        static final List<List<DocumentEvent>> CORRUPT = List.of(
                List.of(REQUESTED),
                List.of(VOIDED),
                List.of(ABORTED),
                List.of(ACKNOWLEDGED),
                List.of(ISSUED, ISSUED),
                List.of(ISSUED, VOIDED),
                List.of(ISSUED, ABORTED),
                List.of(ISSUED, ACKNOWLEDGED),
                List.of(ISSUED, REQUESTED, ISSUED),
                List.of(ISSUED, REQUESTED, requested(OTHER_PROCESS)),
                List.of(ISSUED, REQUESTED, ACKNOWLEDGED),
                List.of(ISSUED, REQUESTED, new DocumentVoided(DOCUMENT, OTHER_PROCESS)),
                List.of(ISSUED, REQUESTED, new DocumentVoidingAborted(DOCUMENT, OTHER_PROCESS)),
                List.of(ISSUED, REQUESTED, VOIDED, requested(OTHER_PROCESS)),
                List.of(ISSUED, REQUESTED, VOIDED, ABORTED),
                List.of(ISSUED, REQUESTED, ABORTED, requested(OTHER_PROCESS)),
                List.of(ISSUED, REQUESTED, ABORTED, VOIDED),
                List.of(ISSUED, REQUESTED, ABORTED, new DocumentVoidingFailureAcknowledged(DOCUMENT, OTHER_PROCESS)),
                List.of(ISSUED, REQUESTED, ABORTED, ACKNOWLEDGED, ACKNOWLEDGED));

        @ParameterizedTest
        @FieldSource("CORRUPT")
        void in_which_this_has_happened(List<DocumentEvent> history) {
            var scenario = given(history);

            assertThatIllegalStateException().isThrownBy(() -> scenario.when(new VoidDocument(DOCUMENT, PROCESS)));
        }
    }

    private static DocumentVoidingRequested requested(ProcessId process) {
        return new DocumentVoidingRequested(DOCUMENT, CUSTOMER, process);
    }

    private static DeciderScenario<DocumentCommand, DocumentEvent> given(List<DocumentEvent> history) {
        return given(history.toArray(DocumentEvent[]::new));
    }

    private static DeciderScenario<DocumentCommand, DocumentEvent> given(DocumentEvent... history) {
        return DeciderScenario.given(DocumentDecider.aggregate(), Installation.codec(), history);
    }
}
