package dev.quadrille.voiding;

import dev.quadrille.billing.document.CustomerId;
import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.billing.document.ProcessId;

/** How far the voiding of a document has come. */
sealed interface VoidingState {

    /** What is voided, for whom, and by which process. */
    record Case(DocumentId documentId, CustomerId customerId, ProcessId processId) {}

    /** Nobody has asked for it. */
    record NotBegun() implements VoidingState {}

    /** Somebody has. */
    sealed interface Begun extends VoidingState {
        Case voiding();
    }

    /**
     * Reports has been asked to mark the document.
     *
     * @param overdue whether Reports has not answered in time
     * @param stuckBecause why the question went nowhere; empty if it did not
     */
    record VoidingRequested(Case voiding, boolean overdue, String stuckBecause) implements Begun {}

    /**
     * Reports has marked it, and Billing has been asked to void it.
     *
     * @param stuckBecause why that went nowhere; empty if it did not
     */
    record MarkingDocumentAsVoidedSucceeded(Case voiding, String stuckBecause) implements Begun {}

    /** The report that holds it was published before: Billing has been told, and a person has to acknowledge it. */
    record MarkingDocumentAsVoidedFailed(Case voiding) implements Begun {}

    /** The document is void: the end. */
    record DocumentVoided(Case voiding) implements Begun {}

    /** A person has acknowledged the failure, and the document may be voided anew: the end. */
    record FailureAcknowledged(Case voiding) implements Begun {}
}
