package dev.quadrille.billing.document;

import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.money.Amounts;
import org.joda.money.Money;

/** What a document can be asked. */
public sealed interface DocumentCommand extends Command {

    DocumentId documentId();

    @Override
    default StreamId stream() {
        return documentId().stream();
    }

    /** Issues the document to a customer; asked again, nothing changes. */
    record IssueDocument(DocumentId documentId, CustomerId customerId, Money totalAmount) implements DocumentCommand {
        public IssueDocument {
            Amounts.positive("A document's total amount", totalAmount);
        }
    }

    /** Begins to void the document, by a process of its own. */
    record VoidDocument(DocumentId documentId, ProcessId processId) implements DocumentCommand {}

    /** Voids the document, if this process is voiding it. */
    record CompleteDocumentVoiding(DocumentId documentId, ProcessId processId) implements DocumentCommand {}

    /** Gives the voiding up, if this process is voiding the document. */
    record AbortDocumentVoiding(DocumentId documentId, ProcessId processId) implements DocumentCommand {}

    /** Allows the document to be voided again, if this process has given up and nobody has acknowledged that. */
    record ReopenDocumentForVoiding(DocumentId documentId, ProcessId processId) implements DocumentCommand {}
}
