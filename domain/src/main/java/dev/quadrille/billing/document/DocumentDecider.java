package dev.quadrille.billing.document;

import static dev.quadrille.kernel.Decision.accept;
import static dev.quadrille.kernel.Decision.alreadyTrue;
import static dev.quadrille.kernel.Decision.reject;

import dev.quadrille.billing.document.Document.BeingVoided;
import dev.quadrille.billing.document.Document.Issued;
import dev.quadrille.billing.document.Document.NotVoided;
import dev.quadrille.billing.document.Document.Processed;
import dev.quadrille.billing.document.Document.Reopened;
import dev.quadrille.billing.document.Document.Unknown;
import dev.quadrille.billing.document.Document.Voided;
import dev.quadrille.billing.document.DocumentCommand.AbortDocumentVoiding;
import dev.quadrille.billing.document.DocumentCommand.CompleteDocumentVoiding;
import dev.quadrille.billing.document.DocumentCommand.IssueDocument;
import dev.quadrille.billing.document.DocumentCommand.ReopenDocumentForVoiding;
import dev.quadrille.billing.document.DocumentCommand.VoidDocument;
import dev.quadrille.billing.document.DocumentEvent.DocumentIssued;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoided;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingAborted;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingFailureAcknowledged;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingRequested;
import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Decider;
import dev.quadrille.kernel.Decision;
import dev.quadrille.kernel.StreamId;
import java.util.List;
import java.util.Set;

/**
 * At most one process voids a document at a time. One that fails leaves the document valid, and no other begins until
 * somebody has acknowledged that.
 */
public final class DocumentDecider implements Decider<DocumentCommand, Document, DocumentEvent> {

    private DocumentDecider() {}

    /** Documents as the handler hosts them. */
    public static Aggregate<DocumentCommand, ?, DocumentEvent> aggregate() {
        return new Aggregate<>(DocumentId.CATEGORY, DocumentCommand.class, DocumentEvent.class, new DocumentDecider());
    }

    @Override
    public Document initial() {
        return new Unknown();
    }

    @Override
    public Document evolve(Document document, DocumentEvent event) {
        return switch (event) {
            case DocumentIssued(var _, var customer, var _) when document instanceof Unknown -> new Issued(customer);
            case DocumentVoidingRequested(var _, var customer, var process)
            when document instanceof Issued || document instanceof Reopened -> new BeingVoided(customer, process);
            case DocumentVoided(var _, var process)
            when document instanceof BeingVoided(var _, var current) && process.equals(current) -> new Voided(process);
            case DocumentVoidingAborted(var _, var process)
            when document instanceof BeingVoided(var customer, var current) && process.equals(current) ->
                new NotVoided(customer, process);
            case DocumentVoidingFailureAcknowledged(var _, var process)
            when document instanceof NotVoided(var customer, var current) && process.equals(current) ->
                new Reopened(customer, process);
            case DocumentIssued _,
                    DocumentVoidingRequested _,
                    DocumentVoided _,
                    DocumentVoidingAborted _,
                    DocumentVoidingFailureAcknowledged _ ->
                throw new IllegalStateException(event + " can't follow on " + document);
        };
    }

    @Override
    public Decision<DocumentEvent> decide(Document document, DocumentCommand command, Set<StreamId> existing) {
        return switch (command) {
            case IssueDocument issue -> issue(document, issue);
            case VoidDocument asked -> begin(document, asked);
            case CompleteDocumentVoiding complete -> complete(document, complete);
            case AbortDocumentVoiding abort -> abort(document, abort);
            case ReopenDocumentForVoiding reopen -> reopen(document, reopen);
        };
    }

    private static Decision<DocumentEvent> issue(Document document, IssueDocument issue) {
        return switch (document) {
            case Unknown _ -> accept(new DocumentIssued(issue.documentId(), issue.customerId(), issue.totalAmount()));
            case Issued _, Processed _ -> alreadyTrue();
        };
    }

    /** A process that has begun before does not begin again, however its voiding went. */
    private static Decision<DocumentEvent> begin(Document document, VoidDocument asked) {
        return switch (document) {
            case Unknown _ -> notFound(asked);
            case Issued(var customer) -> requested(asked, customer);
            case Voided _ -> alreadyTrue();
            case Processed processed when processed.processId().equals(asked.processId()) -> alreadyTrue();
            case BeingVoided(var _, var process) ->
                reject(
                        "VOIDING_IN_PROGRESS",
                        "Document " + asked.documentId().value() + " is being voided by process " + process.value());
            case NotVoided(var _, var process) ->
                reject(
                        "FAILURE_NOT_ACKNOWLEDGED",
                        "Document " + asked.documentId().value() + " could not be voided by process " + process.value()
                                + ", which nobody has acknowledged");
            case Reopened(var customer, var _) -> requested(asked, customer);
        };
    }

    private static Decision<DocumentEvent> requested(VoidDocument asked, CustomerId customer) {
        return accept(new DocumentVoidingRequested(asked.documentId(), customer, asked.processId()));
    }

    private static Decision<DocumentEvent> complete(Document document, CompleteDocumentVoiding complete) {
        return switch (document) {
            case Unknown _ -> notFound(complete);
            case BeingVoided(var _, var process)
            when process.equals(complete.processId()) -> accept(new DocumentVoided(complete.documentId(), process));
            case Issued _, Processed _ -> alreadyTrue();
        };
    }

    private static Decision<DocumentEvent> abort(Document document, AbortDocumentVoiding abort) {
        return switch (document) {
            case Unknown _ -> notFound(abort);
            case BeingVoided(var _, var process)
            when process.equals(abort.processId()) -> accept(new DocumentVoidingAborted(abort.documentId(), process));
            case Issued _, Processed _ -> alreadyTrue();
        };
    }

    /** Also when it has never heard that the voiding was aborted, as somebody has discarded that. */
    private static Decision<DocumentEvent> reopen(Document document, ReopenDocumentForVoiding reopen) {
        return switch (document) {
            case Unknown _ -> notFound(reopen);
            case BeingVoided(var _, var process)
            when process.equals(reopen.processId()) ->
                accept(List.of(
                        new DocumentVoidingAborted(reopen.documentId(), process),
                        new DocumentVoidingFailureAcknowledged(reopen.documentId(), process)));
            case NotVoided(var _, var process)
            when process.equals(reopen.processId()) ->
                accept(new DocumentVoidingFailureAcknowledged(reopen.documentId(), process));
            case Issued _, Processed _ -> alreadyTrue();
        };
    }

    private static Decision<DocumentEvent> notFound(DocumentCommand command) {
        return reject(
                "DOCUMENT_NOT_FOUND",
                "There is no document " + command.documentId().value());
    }
}
