package dev.quadrille.rabbitmq;

import dev.quadrille.kernel.Unavailable;

/** What went wrong, in words. */
final class Failures {

    private Failures() {}

    /** One line. The AMQP client hides what the broker said in the cause of an exception without a message. */
    static String describe(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                return cause.getMessage().lines().findFirst().orElseThrow();
            }
        }
        return failure.getClass().getSimpleName();
    }

    static RuntimeException asException(Throwable fault) {
        return fault instanceof RuntimeException exception ? exception : new IllegalStateException(fault);
    }

    static Unavailable unavailable(String what, Throwable cause) {
        return new Unavailable(what + ": " + describe(cause), cause);
    }

    /** For a wait that was interrupted: whoever asked this thread to end finds it asked still. */
    static Unavailable interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new Unavailable("Interrupted while waiting for the broker", cause);
    }
}
