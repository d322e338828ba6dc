package dev.quadrille.kernel.process;

/**
 * How an instance is shown to people (P7): stored with each step, so that those who show it need not know the process manager.
 *
 * @param state its state's name, such as {@code VoidingRequested}
 * @param subject what it is about: a stream, such as {@code billing.document/<uuid>}
 * @param waitingFor what it waits for; empty if for nothing
 * @param overdue whether that has not come in time
 * @param failed whether it has failed and waits for a person to acknowledge that
 * @param stuckBecause why it can't go on by itself; empty if it can
 */
public record Status(
        String state, String subject, String waitingFor, boolean overdue, boolean failed, String stuckBecause) {

    /** In this state, about this, with nothing more to say. */
    public static Status of(String state, String subject) {
        return new Status(state, subject, "", false, false, "");
    }

    public Status waiting(String what) {
        return new Status(state, subject, what, overdue, failed, stuckBecause);
    }

    public Status late(boolean isLate) {
        return new Status(state, subject, waitingFor, isLate, failed, stuckBecause);
    }

    public Status failing() {
        return new Status(state, subject, waitingFor, overdue, true, stuckBecause);
    }

    public Status stuck(String why) {
        return new Status(state, subject, waitingFor, overdue, failed, why);
    }
}
