package dev.quadrille.reports;

import static dev.quadrille.billing.Examples.DOCUMENT;
import static dev.quadrille.billing.Examples.PROCESS;
import static dev.quadrille.financing.Examples.eur;
import static dev.quadrille.reports.Examples.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.billing.document.DocumentEvent.DocumentIssued;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoided;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingAborted;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingFailureAcknowledged;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingRequested;
import dev.quadrille.domain.Installation;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.Policy;
import dev.quadrille.reports.customer.CustomerReportsCommand.AddDocument;
import dev.quadrille.reports.customer.ReportId;
import dev.quadrille.testkit.PolicyScenario;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GatheringTest {

    static final List<Event> ALL_ELSE = List.of(
            new DocumentVoidingRequested(DOCUMENT, dev.quadrille.billing.Examples.CUSTOMER, PROCESS),
            new DocumentVoided(DOCUMENT, PROCESS),
            new DocumentVoidingAborted(DOCUMENT, PROCESS),
            new DocumentVoidingFailureAcknowledged(DOCUMENT, PROCESS));

    /** The new report's id is derived from the document's, as it always was. */
    @Test
    void P5_an_issued_document_is_added_to_its_customers_report() {
        whenever(new DocumentIssued(DOCUMENT, dev.quadrille.billing.Examples.CUSTOMER, eur(10)))
                .then(new AddDocument(
                        CUSTOMER,
                        DOCUMENT,
                        new ReportId(UUID.fromString("10aa868a-a096-5761-b16c-b7cd866d582a")),
                        eur(10)));
    }

    @ParameterizedTest
    @FieldSource("ALL_ELSE")
    void to_everything_else_there_is_no_answer(Event event) {
        whenever(event).thenNothing();
    }

    @Test
    void P5_the_keys_of_the_policies_never_change() {
        assertThat(Reports.policies())
                .extracting(Policy::key)
                .containsExactly(UUID.fromString("5f7f0c1e-6a4a-4b1e-9a53-0d4d4c9a7b01"));
    }

    private static PolicyScenario whenever(Event event) {
        return PolicyScenario.whenever(Reports.policies(), Installation.codec(), event);
    }
}
