package dev.quadrille.reports.customer;

import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.billing.document.ProcessId;
import dev.quadrille.kernel.Event;
import org.joda.money.Money;

/** What can happen to a customer's reports. */
public sealed interface CustomerReportsEvent extends Event {

    /**
     * The report has one more document; if it is the first, the report is open from now on.
     *
     * @param voided whether it was marked as voided before it came, and never counts
     */
    record DocumentAddedToReport(
            CustomerReportsId customerId, ReportId reportId, DocumentId documentId, Money amount, boolean voided)
            implements CustomerReportsEvent {}

    /** Nothing in the report changes any more. */
    record ReportPublished(CustomerReportsId customerId, ReportId reportId) implements CustomerReportsEvent {}

    /** The document does not count, whoever had it marked first. */
    record MarkingDocumentAsVoidedSucceeded(CustomerReportsId customerId, DocumentId documentId, ProcessId processId)
            implements CustomerReportsEvent {}

    /** The document counts for good: its report was published before. */
    record MarkingDocumentAsVoidedFailed(
            CustomerReportsId customerId, DocumentId documentId, ProcessId processId, ReportId reportId)
            implements CustomerReportsEvent {}
}
