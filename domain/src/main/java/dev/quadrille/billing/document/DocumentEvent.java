package dev.quadrille.billing.document;

import dev.quadrille.kernel.Event;
import org.joda.money.Money;

/** What can happen to a document. */
public sealed interface DocumentEvent extends Event {

    /** The customer owes the amount. */
    record DocumentIssued(DocumentId documentId, CustomerId customerId, Money totalAmount) implements DocumentEvent {}

    /** From now on the process is voiding the document, and no other. */
    record DocumentVoidingRequested(DocumentId documentId, CustomerId customerId, ProcessId processId)
            implements DocumentEvent {}

    /** The document is void for good. */
    record DocumentVoided(DocumentId documentId, ProcessId processId) implements DocumentEvent {}

    /** The document stays valid: it could not be voided. */
    record DocumentVoidingAborted(DocumentId documentId, ProcessId processId) implements DocumentEvent {}

    /** From now on the document may be voided again. */
    record DocumentVoidingFailureAcknowledged(DocumentId documentId, ProcessId processId) implements DocumentEvent {}
}
