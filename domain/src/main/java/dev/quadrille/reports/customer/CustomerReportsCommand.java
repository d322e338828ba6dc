package dev.quadrille.reports.customer;

import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.billing.document.ProcessId;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.money.Amounts;
import org.joda.money.Money;

/** What a customer's reports can be asked. */
public sealed interface CustomerReportsCommand extends Command {

    CustomerReportsId customerId();

    @Override
    default StreamId stream() {
        return customerId().stream();
    }

    /**
     * Adds a document to the open report; asked again, nothing changes.
     *
     * @param newReportId the report to open with it, if there is none; one that was not there before
     */
    record AddDocument(CustomerReportsId customerId, DocumentId documentId, ReportId newReportId, Money amount)
            implements CustomerReportsCommand {
        public AddDocument {
            Amounts.positive("A document's amount", amount);
        }
    }

    /** Closes a report: nothing in it changes any more. */
    record PublishReport(CustomerReportsId customerId, ReportId reportId) implements CustomerReportsCommand {}

    /** Has a document no longer count, also one that has not come yet. The process is told what came of it. */
    record MarkDocumentAsVoided(CustomerReportsId customerId, DocumentId documentId, ProcessId processId)
            implements CustomerReportsCommand {}
}
