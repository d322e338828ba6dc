package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.quadrille.acceptance.support.Paperwork;
import dev.quadrille.acceptance.support.Standalone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** P7: {@code ./run processes}, with the lines of {@code docs/operations.md}. */
@AgainstOwnSystems
class OperatedProcessesIT {

    private final Standalone system;

    @AutoClose
    private final Paperwork paper;

    private final UUID customer = UUID.randomUUID();

    OperatedProcessesIT(Standalone system) {
        this.system = system;
        this.paper = new Paperwork(system.addresses());
    }

    @Test
    void P7_one_that_has_failed_is_listed_and_shown_and_can_not_be_retried_and_is_acknowledged() {
        var document = paper.reported(customer, eur(10));
        var subject = "billing.document/" + document;
        paper.outcomeOf(paper.publish(
                customer, UUID.fromString(paper.reportsOf(customer).getFirst().getReportId())));
        var process = paper.voidDocument(document).process().toString();
        eventually(() -> assertThat(operator("list", "--attention", "--subject", subject))
                .contains(process, "document-voiding", "MarkingDocumentAsVoidedFailed", "failed", "1 listed."));

        assertThat(operator("list", "--type", "document-voiding", "--state", "VoidingRequested", "--subject", subject))
                .isEqualTo("There is none.\n");
        assertThat(operator("show", process))
                .contains(
                        "state: MarkingDocumentAsVoidedFailed, failed",
                        "subject: " + subject,
                        "waiting for: a person to acknowledge",
                        "correlation: " + process,
                        "1. ",
                        "billing.DocumentVoidingRequested.v1, " + subject + " version 2",
                        "command   reports.MarkDocumentAsVoided.v1 to reports.customer/" + customer,
                        "deadline  voiding.AnswerOverdue.v1 at ",
                        "state     VoidingRequested",
                        "2. ",
                        "reports.MarkingDocumentAsVoidedFailed.v1",
                        "command   billing.AbortDocumentVoiding.v1 to " + subject);
        assertThatIllegalStateException()
                .isThrownBy(() -> operator("retry", process))
                .withMessageContaining("NOTHING_TO_RETRY: It waits for nobody who could be asked again");

        assertThat(operator("acknowledge", process)).contains(process, "FailureAcknowledged");

        assertThat(operator("list", "--attention", "--subject", subject)).isEqualTo("There is none.\n");
        eventually(() -> assertThat(operator("show", process))
                .contains(
                        "3. ",
                        "acknowledged by a person",
                        "billing.ReopenDocumentForVoiding.v1",
                        "4. ",
                        "billing.DocumentVoidingFailureAcknowledged.v1",
                        ", ended"));
    }

    @Test
    void P7_one_that_has_succeeded_stays_to_be_seen_and_has_nothing_to_acknowledge() {
        var document = paper.reported(customer, eur(10));
        var process = paper.voidDocument(document).process().toString();

        eventually(() -> assertThat(operator("list", "--subject", "billing.document/" + document))
                .contains(process, "DocumentVoided", "ended", "1 listed."));
        assertThatIllegalStateException()
                .isThrownBy(() -> operator("acknowledge", process))
                .withMessageContaining("PROCESS_NOT_FAILED: The process " + process + " has ended");
    }

    @Test
    void what_is_no_process_is_said_to_be_none() {
        var nobody = UUID.randomUUID().toString();

        assertThatIllegalStateException()
                .isThrownBy(() -> operator("retry", nobody))
                .withMessageContaining("PROCESS_NOT_FOUND: There is no process " + nobody);
        assertThatIllegalStateException()
                .isThrownBy(() -> operator("show", nobody))
                .withMessageContaining("NOT_FOUND");
        assertThatIllegalStateException()
                .isThrownBy(() -> operator("show", "everything"))
                .withMessageContaining("./run processes list shows them");
    }

    @Test
    void the_lines_of_the_docs_are_those_that_are_run_here() throws IOException {
        assertThat(Files.readAllLines(Path.of("../docs/operations.md")).stream()
                        .filter(line -> line.startsWith("./run processes")))
                .containsExactly(
                        "./run processes list",
                        "./run processes list --attention",
                        "./run processes list --type <type> --state <state> --subject <stream>",
                        "./run processes show <id>",
                        "./run processes retry <id>",
                        "./run processes acknowledge <id>");
        assertThat(operator("list")).containsAnyOf("listed.", "There is none.");
    }

    private String operator(String... words) {
        var line = new String[words.length + 1];
        line[0] = "processes";
        System.arraycopy(words, 0, line, 1, words.length);
        return system.run(line);
    }
}
