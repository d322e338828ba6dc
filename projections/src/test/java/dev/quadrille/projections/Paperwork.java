package dev.quadrille.projections;

import dev.quadrille.billing.document.CustomerId;
import dev.quadrille.billing.document.DocumentEvent.DocumentIssued;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoided;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingAborted;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingFailureAcknowledged;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingRequested;
import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.billing.document.ProcessId;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.reports.customer.CustomerReportsEvent.DocumentAddedToReport;
import dev.quadrille.reports.customer.CustomerReportsEvent.MarkingDocumentAsVoidedFailed;
import dev.quadrille.reports.customer.CustomerReportsEvent.MarkingDocumentAsVoidedSucceeded;
import dev.quadrille.reports.customer.CustomerReportsEvent.ReportPublished;
import dev.quadrille.reports.customer.CustomerReportsId;
import dev.quadrille.reports.customer.ReportId;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;

/** What happens to one customer, one of their documents and two of their reports, told with ids of its own. */
final class Paperwork {

    final CustomerId customer = new CustomerId(UUID.randomUUID());
    final CustomerReportsId reports = new CustomerReportsId(customer.value());
    final DocumentId document = new DocumentId(UUID.randomUUID());
    final ReportId report = new ReportId(UUID.randomUUID());
    final ReportId next = new ReportId(UUID.randomUUID());
    final ProcessId process = new ProcessId(UUID.randomUUID());

    /** The document is of 10 euros. */
    Event issued() {
        return new DocumentIssued(document, customer, Story.eur(10));
    }

    Event requested(ProcessId by) {
        return new DocumentVoidingRequested(document, customer, by);
    }

    Event voided() {
        return new DocumentVoided(document, process);
    }

    Event aborted() {
        return new DocumentVoidingAborted(document, process);
    }

    Event acknowledged() {
        return new DocumentVoidingFailureAcknowledged(document, process);
    }

    Event added(ReportId to, DocumentId added, Money amount) {
        return new DocumentAddedToReport(reports, to, added, amount, false);
    }

    /** The document comes to its report. */
    Event added() {
        return added(report, document, Story.eur(10));
    }

    Event addedAsVoided() {
        return new DocumentAddedToReport(reports, report, document, Story.eur(10), true);
    }

    Event marked(DocumentId marked) {
        return new MarkingDocumentAsVoidedSucceeded(reports, marked, process);
    }

    Event notMarked() {
        return new MarkingDocumentAsVoidedFailed(reports, document, process, report);
    }

    Event published(ReportId which) {
        return new ReportPublished(reports, which);
    }

    List<EventEnvelope> ofDocument(Event... events) {
        return Story.stream(document.stream(), List.of(events));
    }

    List<EventEnvelope> ofReports(Event... events) {
        return Story.stream(reports.stream(), List.of(events));
    }
}
