package dev.quadrille.voiding;

import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.kernel.process.Deadline;

/** Reports has not answered in time. */
public record AnswerOverdue(DocumentId documentId) implements Deadline {}
