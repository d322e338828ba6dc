package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.quadrille.proto.process.v1.ProcessInputKind;
import dev.quadrille.proto.process.v1.ProcessStep;
import dev.quadrille.proto.reports.v1.ReportedDocument;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Voiding with {@link ContextsApart}, and what happens while one of them is away. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class VoidingApartIT extends VoidingContract {

    @RegisterExtension
    private static final Apart APART = new Apart();

    private final ContextsApart system = APART.system();

    VoidingApartIT() {
        super(APART.system().addresses());
    }

    @Test
    void P5_what_comes_twice_happens_once() {
        var customer = UUID.randomUUID();
        var document = paper().reported(customer, eur(10));

        var voiding = paper().voidDocument(document);
        paper().processIn("DocumentVoided", voiding.process());

        var history = untimed(voiding.process());
        var commands = history.stream()
                .flatMap(step -> step.getCommandsList().stream())
                .map(command -> UUID.fromString(command.getCommandId()))
                .toList();
        var inputs = history.stream()
                .map(step -> UUID.fromString(step.getInput().getEventId()))
                .toList();
        assertThat(commands).hasSize(2).allMatch(system::hasRepeated);
        assertThat(inputs).hasSize(3).allMatch(system::hasRepeated);
        assertThat(system.hasRepeated(voiding.command())).isTrue();
        assertThat(system.servers().typesOf("billing.document/" + document))
                .containsExactly(
                        "billing.DocumentIssued.v1",
                        "billing.DocumentVoidingRequested.v1",
                        "billing.DocumentVoided.v1");
        assertThat(system.servers().typesOf("reports.customer/" + customer))
                .containsExactly("reports.DocumentAddedToReport.v1", "reports.MarkingDocumentAsVoidedSucceeded.v1");
    }

    @Test
    void P7_P8_without_reports_a_voiding_is_overdue_and_is_completed_as_soon_as_reports_is_back() {
        var document = paper().reported(UUID.randomUUID(), eur(10));
        system.reports().kill();

        var voiding = paper().voidDocument(document).process();

        eventually(() -> assertThat(Causes.drawn(paper().causes(voiding))).isEqualTo("""
                billing.VoidDocument.v1 ACCEPTED
                  billing.DocumentVoidingRequested.v1 @2
                    process.HandleEvent.v1 ACCEPTED
                      process.ProcessStepTaken.v1 @1
                        reports.MarkDocumentAsVoided.v1 IN_FLIGHT
                        process.ReachDeadline.v1 SCHEDULED"""));
        eventually(() ->
                assertThat(paper().process(voiding).getProcess().getOverdue()).isTrue());
        var overdue = paper().process(voiding);
        assertThat(overdue.getProcess().getState()).isEqualTo("VoidingRequested");
        assertThat(overdue.getProcess().getWaitingFor()).isEqualTo("Reports to mark the document");
        var scheduled = overdue.getHistory(0).getDeadlines(0).getScheduledFor();
        var reached = overdue.getHistory(1);
        assertThat(reached.getInput().getKind()).isEqualTo(ProcessInputKind.PROCESS_INPUT_KIND_DEADLINE);
        assertThat(reached.getInput().getScheduledFor()).isEqualTo(scheduled);
        assertThat(instant(reached.getTakenAt())).isAfterOrEqualTo(instant(scheduled));
        paper().outcomeOf(paper().retry(voiding));
        startReports();

        var voided = paper().processIn("DocumentVoided", voiding);
        assertThat(voided.getOverdue()).isFalse();
        assertThat(paper().process(voiding).getHistoryList())
                .extracting(ProcessStep::getState)
                .startsWith(
                        "VoidingRequested", "VoidingRequested", "VoidingRequested", "MarkingDocumentAsVoidedSucceeded")
                .endsWith("DocumentVoided");
    }

    @Test
    void P7_a_mark_that_arrives_before_its_document_is_remembered() {
        var customer = UUID.randomUUID();
        system.reports().kill();
        var document = paper().issue(customer, eur(10)).document();
        var voiding = paper().voidDocument(document).process();
        eventually(() -> assertThat(system.commandsWaitingForReports()).isPositive());

        // Which are marks; only now Reports asks itself to add the document.
        startReports();

        paper().processIn("DocumentVoided", voiding);
        eventually(() -> assertThat(paper().reportsOf(customer)).singleElement().satisfies(report -> {
            assertThat(report.getDocumentsList())
                    .singleElement()
                    .returns(document.toString(), ReportedDocument::getDocumentId)
                    .returns(true, ReportedDocument::getVoided);
            assertThat(report.getTotalsList()).isEmpty();
        }));
        assertThat(system.servers().typesOf("reports.customer/" + customer))
                .containsExactly("reports.MarkingDocumentAsVoidedSucceeded.v1", "reports.DocumentAddedToReport.v1");
    }

    private void startReports() {
        system.reports().startAgain();
        system.reports().awaitUp("domain");
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
