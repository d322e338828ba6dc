package dev.quadrille.voiding;

import dev.quadrille.billing.document.CustomerId;
import dev.quadrille.billing.document.DocumentCommand.AbortDocumentVoiding;
import dev.quadrille.billing.document.DocumentCommand.CompleteDocumentVoiding;
import dev.quadrille.billing.document.DocumentCommand.ReopenDocumentForVoiding;
import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.billing.document.ProcessId;
import dev.quadrille.kernel.Command;
import dev.quadrille.reports.customer.CustomerReportsCommand.MarkDocumentAsVoided;
import dev.quadrille.reports.customer.CustomerReportsId;

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

    /** Another context has been asked for something. */
    sealed interface Asking extends Begun {

        Command asked();

        /** Why that went nowhere; empty if it did not. */
        String stuckBecause();

        Asking stuck(String why);
    }

    /**
     * Reports has been asked to mark the document.
     *
     * @param overdue whether Reports has not answered in time
     */
    record VoidingRequested(Case voiding, boolean overdue, String stuckBecause) implements Asking {

        @Override
        public Command asked() {
            return new MarkDocumentAsVoided(
                    new CustomerReportsId(voiding.customerId().value()), voiding.documentId(), voiding.processId());
        }

        @Override
        public Asking stuck(String why) {
            return new VoidingRequested(voiding, overdue, why);
        }
    }

    /** Reports has marked it, and Billing has been asked to void it. */
    record MarkingDocumentAsVoidedSucceeded(Case voiding, String stuckBecause) implements Asking {

        @Override
        public Command asked() {
            return new CompleteDocumentVoiding(voiding.documentId(), voiding.processId());
        }

        @Override
        public Asking stuck(String why) {
            return new MarkingDocumentAsVoidedSucceeded(voiding, why);
        }
    }

    /** The report that holds it was published before: Billing has been told, and a person has to acknowledge it. */
    record MarkingDocumentAsVoidedFailed(Case voiding, String stuckBecause) implements Asking {

        @Override
        public Command asked() {
            return new AbortDocumentVoiding(voiding.documentId(), voiding.processId());
        }

        @Override
        public Asking stuck(String why) {
            return new MarkingDocumentAsVoidedFailed(voiding, why);
        }
    }

    /**
     * A person has acknowledged the failure, and Billing has been asked to let the document be voided anew.
     *
     * @param reopened whether Billing lets it: the end
     */
    record FailureAcknowledged(Case voiding, boolean reopened, String stuckBecause) implements Asking {

        @Override
        public Command asked() {
            return new ReopenDocumentForVoiding(voiding.documentId(), voiding.processId());
        }

        @Override
        public Asking stuck(String why) {
            return new FailureAcknowledged(voiding, reopened, why);
        }
    }

    /** The document is void: the end. */
    record DocumentVoided(Case voiding) implements Begun {}
}
