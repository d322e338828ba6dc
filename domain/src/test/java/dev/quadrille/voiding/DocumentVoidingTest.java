package dev.quadrille.voiding;

import static dev.quadrille.testkit.ProcessScenario.given;

import dev.quadrille.billing.document.CustomerId;
import dev.quadrille.billing.document.DocumentCommand.AbortDocumentVoiding;
import dev.quadrille.billing.document.DocumentCommand.CompleteDocumentVoiding;
import dev.quadrille.billing.document.DocumentCommand.ReopenDocumentForVoiding;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoided;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingFailureAcknowledged;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingRequested;
import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.billing.document.ProcessId;
import dev.quadrille.domain.Installation;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.process.Effect.End;
import dev.quadrille.kernel.process.Effect.Execute;
import dev.quadrille.kernel.process.Effect.Schedule;
import dev.quadrille.kernel.process.Input.Acknowledged;
import dev.quadrille.kernel.process.Input.RetryRequested;
import dev.quadrille.kernel.process.Status;
import dev.quadrille.reports.customer.CustomerReportsCommand.MarkDocumentAsVoided;
import dev.quadrille.reports.customer.CustomerReportsEvent.MarkingDocumentAsVoidedFailed;
import dev.quadrille.reports.customer.CustomerReportsEvent.MarkingDocumentAsVoidedSucceeded;
import dev.quadrille.reports.customer.CustomerReportsId;
import dev.quadrille.reports.customer.ReportId;
import dev.quadrille.testkit.ProcessScenario;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DocumentVoidingTest {

    private static final Codec CODEC = Installation.codec();
    private static final DocumentVoiding VOIDING = new DocumentVoiding(Duration.ofSeconds(30));
    private static final DocumentId DOCUMENT = new DocumentId(UUID.fromString("00000000-0000-4000-8000-00000000d0c1"));
    private static final CustomerId CUSTOMER = new CustomerId(UUID.fromString("00000000-0000-4000-8000-00000000c001"));
    private static final CustomerReportsId REPORTED = new CustomerReportsId(CUSTOMER.value());
    private static final ProcessId PROCESS = new ProcessId(UUID.fromString("00000000-0000-4000-8000-000000009001"));
    private static final ReportId REPORT = new ReportId(UUID.fromString("00000000-0000-4000-8000-000000007001"));

    private static final DocumentVoidingRequested REQUESTED = new DocumentVoidingRequested(DOCUMENT, CUSTOMER, PROCESS);
    private static final MarkingDocumentAsVoidedSucceeded SUCCEEDED =
            new MarkingDocumentAsVoidedSucceeded(REPORTED, DOCUMENT, PROCESS);
    private static final MarkingDocumentAsVoidedFailed FAILED =
            new MarkingDocumentAsVoidedFailed(REPORTED, DOCUMENT, PROCESS, REPORT);
    private static final DocumentVoided VOIDED = new DocumentVoided(DOCUMENT, PROCESS);
    private static final DocumentVoidingFailureAcknowledged REOPENED =
            new DocumentVoidingFailureAcknowledged(DOCUMENT, PROCESS);
    private static final AnswerOverdue OVERDUE = new AnswerOverdue(DOCUMENT);
    private static final Acknowledged ACKNOWLEDGED = new Acknowledged();
    private static final RetryRequested RETRY = new RetryRequested();

    private static final Execute MARK = new Execute(new MarkDocumentAsVoided(REPORTED, DOCUMENT, PROCESS));
    private static final Execute COMPLETE = new Execute(new CompleteDocumentVoiding(DOCUMENT, PROCESS));
    private static final Execute ABORT = new Execute(new AbortDocumentVoiding(DOCUMENT, PROCESS));
    private static final Execute REOPEN = new Execute(new ReopenDocumentForVoiding(DOCUMENT, PROCESS));
    private static final End END = new End();

    private static final Status WAITS_FOR_REPORTS = shows("VoidingRequested").waiting("Reports to mark the document");
    private static final Status WAITS_FOR_BILLING =
            shows("MarkingDocumentAsVoidedSucceeded").waiting("Billing to void the document");
    private static final Status HAS_FAILED = shows("MarkingDocumentAsVoidedFailed")
            .waiting("a person to acknowledge that its report was published before")
            .failing();

    private static final Status REOPENS =
            shows("FailureAcknowledged").waiting("Billing to let the document be voided anew");

    @Nested
    class When_voiding_is_requested {

        @Test
        void it_asks_reports_to_mark_the_document_and_waits_thirty_seconds() {
            after().when(REQUESTED)
                    .then(MARK, Schedule.after(Duration.ofSeconds(30), OVERDUE))
                    .thenShows(WAITS_FOR_REPORTS);
        }

        @Test
        void it_is_overdue_when_reports_has_not_answered_and_goes_on_waiting() {
            after(REQUESTED).when(OVERDUE).thenNothing().thenShows(WAITS_FOR_REPORTS.late(true));
        }

        @Test
        void it_sends_the_same_mark_again_when_a_person_wants_that_overdue_or_not() {
            after(REQUESTED).when(RETRY).then(MARK).thenShows(WAITS_FOR_REPORTS);
            after(REQUESTED, OVERDUE).when(RETRY).then(MARK).thenShows(WAITS_FOR_REPORTS.late(true));
        }

        @Test
        void it_can_t_be_acknowledged_overdue_or_not() {
            after(REQUESTED).when(ACKNOWLEDGED).thenRefused("PROCESS_NOT_FAILED");
            after(REQUESTED, OVERDUE).when(ACKNOWLEDGED).thenRefused("PROCESS_NOT_FAILED");
        }

        @Test
        void it_says_why_it_is_stuck_when_its_mark_is_discarded_until_it_is_sent_again() {
            var why = "reports.MarkDocumentAsVoided.v1 was rejected: DISCARDED, nonsense";

            after(REQUESTED).when(discarded(MARK.command())).thenNothing().thenShows(WAITS_FOR_REPORTS.stuck(why));
            after(REQUESTED, discarded(MARK.command())).when(RETRY).then(MARK).thenShows(WAITS_FOR_REPORTS);
        }
    }

    @Nested
    class When_reports_has_marked_the_document {

        @Test
        void billing_completes_the_voiding_also_when_the_answer_is_late() {
            after(REQUESTED).when(SUCCEEDED).then(COMPLETE).thenShows(WAITS_FOR_BILLING);
            after(REQUESTED, OVERDUE).when(SUCCEEDED).then(COMPLETE).thenShows(WAITS_FOR_BILLING);
        }

        @Test
        void it_ends_once_the_document_is_void() {
            after(REQUESTED, SUCCEEDED).when(VOIDED).then(END).thenShows(shows("DocumentVoided"));
        }

        @Test
        void the_deadline_changes_nothing() {
            after(REQUESTED, SUCCEEDED).when(OVERDUE).thenStays();
        }

        @Test
        void it_can_be_retried_and_says_why_it_is_stuck() {
            var why = "billing.CompleteDocumentVoiding.v1 was rejected: DISCARDED, nonsense";

            after(REQUESTED, SUCCEEDED).when(RETRY).then(COMPLETE).thenShows(WAITS_FOR_BILLING);
            after(REQUESTED, SUCCEEDED)
                    .when(discarded(COMPLETE.command()))
                    .thenNothing()
                    .thenShows(WAITS_FOR_BILLING.stuck(why));
            after(REQUESTED, SUCCEEDED, discarded(COMPLETE.command()))
                    .when(RETRY)
                    .then(COMPLETE)
                    .thenShows(WAITS_FOR_BILLING);
        }

        @Test
        void it_can_t_be_acknowledged() {
            after(REQUESTED, SUCCEEDED).when(ACKNOWLEDGED).thenRefused("PROCESS_NOT_FAILED");
        }
    }

    @Nested
    class When_the_report_was_published_before {

        @Test
        void billing_aborts_the_voiding_and_the_failure_stays_visible_also_when_the_answer_is_late() {
            after(REQUESTED).when(FAILED).then(ABORT).thenShows(HAS_FAILED);
            after(REQUESTED, OVERDUE).when(FAILED).then(ABORT).thenShows(HAS_FAILED);
        }

        @Test
        void there_is_nothing_to_retry() {
            after(REQUESTED, FAILED).when(RETRY).thenRefused("NOTHING_TO_RETRY");
        }

        @Test
        void it_says_why_it_is_stuck_when_the_abortion_is_discarded_until_it_is_sent_again() {
            var why = "billing.AbortDocumentVoiding.v1 was rejected: DISCARDED, nonsense";

            after(REQUESTED, FAILED)
                    .when(discarded(ABORT.command()))
                    .thenNothing()
                    .thenShows(HAS_FAILED.stuck(why));
            after(REQUESTED, FAILED, discarded(ABORT.command()))
                    .when(RETRY)
                    .then(ABORT)
                    .thenShows(HAS_FAILED);
        }

        @Test
        void the_deadline_changes_nothing() {
            after(REQUESTED, FAILED).when(OVERDUE).thenStays();
        }
    }

    @Nested
    class When_a_person_has_acknowledged_that {

        @Test
        void billing_reopens_the_document() {
            after(REQUESTED, FAILED).when(ACKNOWLEDGED).then(REOPEN).thenShows(REOPENS);
            after(REQUESTED, FAILED, discarded(ABORT.command()))
                    .when(ACKNOWLEDGED)
                    .then(REOPEN)
                    .thenShows(REOPENS);
        }

        @Test
        void it_ends_once_the_document_may_be_voided_anew() {
            after(REQUESTED, FAILED, ACKNOWLEDGED).when(REOPENED).then(END).thenShows(shows("FailureAcknowledged"));
        }

        @Test
        void it_says_why_it_is_stuck_when_that_is_discarded_until_it_is_sent_again() {
            var why = "billing.ReopenDocumentForVoiding.v1 was rejected: DISCARDED, nonsense";

            after(REQUESTED, FAILED, ACKNOWLEDGED)
                    .when(discarded(REOPEN.command()))
                    .thenNothing()
                    .thenShows(REOPENS.stuck(why));
            after(REQUESTED, FAILED, ACKNOWLEDGED, discarded(REOPEN.command()))
                    .when(RETRY)
                    .then(REOPEN)
                    .thenShows(REOPENS);
        }

        @Test
        void it_can_t_be_acknowledged_again() {
            after(REQUESTED, FAILED, ACKNOWLEDGED).when(ACKNOWLEDGED).thenRefused("PROCESS_NOT_FAILED");
        }

        @Test
        void late_answers_and_the_deadline_change_nothing() {
            after(REQUESTED, FAILED, ACKNOWLEDGED).when(FAILED).thenStays();
            after(REQUESTED, FAILED, ACKNOWLEDGED).when(OVERDUE).thenStays();
        }
    }

    @Nested
    class Of_what_is_not_its_turn {

        @Test
        void an_answer_without_a_request_does_not_begin_it() {
            after().when(SUCCEEDED).thenStays();
            after().when(FAILED).thenStays();
            after().when(VOIDED).thenStays();
            after().when(REOPENED).thenStays();
        }

        @Test
        void a_second_answer_to_a_mark_that_was_sent_again_repeats_the_command_and_changes_nothing() {
            after(REQUESTED, RETRY, SUCCEEDED).when(SUCCEEDED).then(COMPLETE).thenShows(WAITS_FOR_BILLING);
            after(REQUESTED, RETRY, FAILED).when(FAILED).then(ABORT).thenShows(HAS_FAILED);
        }

        @Test
        void a_rejection_that_is_not_waited_for_changes_nothing() {
            after(REQUESTED).when(discarded(COMPLETE.command())).thenStays();
            after(REQUESTED, FAILED).when(discarded(MARK.command())).thenStays();
        }
    }

    private static ProcessScenario<VoidingState> after(Object... inputs) {
        return given(VOIDING, CODEC, inputs);
    }

    private static Status shows(String state) {
        return Status.of(state, DOCUMENT.stream().toString());
    }

    private static CommandRejected discarded(Command command) {
        return new CommandRejected(
                UUID.fromString("00000000-0000-4000-8000-00000000abcd"),
                CODEC.encode(command).type(),
                command.stream(),
                "DISCARDED",
                "nonsense",
                command);
    }
}
