package dev.quadrille.billing.document;

/** A document as its decisions see it. */
sealed interface Document {

    record Unknown() implements Document {}

    /** Nobody has asked to void it. */
    record Issued(CustomerId customerId) implements Document {}

    /** A document with a current process: that of its last voiding. */
    sealed interface Processed extends Document {

        ProcessId processId();
    }

    record BeingVoided(CustomerId customerId, ProcessId processId) implements Processed {}

    /** Its voiding has failed, and nobody has acknowledged that. */
    record NotVoided(CustomerId customerId, ProcessId processId) implements Processed {}

    /** Its voiding has failed, which was acknowledged. */
    record Reopened(CustomerId customerId, ProcessId processId) implements Processed {}

    record Voided(ProcessId processId) implements Processed {}
}
