package dev.quadrille.billing;

import dev.quadrille.billing.document.DocumentCommand;
import dev.quadrille.billing.document.DocumentDecider;
import dev.quadrille.billing.document.DocumentEvent;
import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.MessageTypes;
import java.util.List;

/** The context as a service hosts it: its name, its aggregates and its language. */
public final class Billing {

    public static final String CONTEXT = "billing";

    private Billing() {}

    public static List<Aggregate<?, ?, ?>> aggregates() {
        return List.of(DocumentDecider.aggregate());
    }

    /** The stable names of everything this context stores and sends. */
    public static MessageTypes messageTypes() {
        return new MessageTypes()
                .register("billing.IssueDocument.v1", DocumentCommand.IssueDocument.class)
                .register("billing.VoidDocument.v1", DocumentCommand.VoidDocument.class)
                .register("billing.CompleteDocumentVoiding.v1", DocumentCommand.CompleteDocumentVoiding.class)
                .register("billing.AbortDocumentVoiding.v1", DocumentCommand.AbortDocumentVoiding.class)
                .register("billing.ReopenDocumentForVoiding.v1", DocumentCommand.ReopenDocumentForVoiding.class)
                .register("billing.DocumentIssued.v1", DocumentEvent.DocumentIssued.class)
                .register("billing.DocumentVoidingRequested.v1", DocumentEvent.DocumentVoidingRequested.class)
                .register("billing.DocumentVoided.v1", DocumentEvent.DocumentVoided.class)
                .register("billing.DocumentVoidingAborted.v1", DocumentEvent.DocumentVoidingAborted.class)
                .register(
                        "billing.DocumentVoidingFailureAcknowledged.v1",
                        DocumentEvent.DocumentVoidingFailureAcknowledged.class);
    }
}
