package dev.quadrille.embedded;

import org.jspecify.annotations.Nullable;

/** An embedded server could not start. The message is for people: what stands in the way, and what to do about it. */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartFailure(String message) {
        super(message);
    }

    StartFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static StartFailure portTaken(int port, Throwable cause) {
        return new StartFailure("Port " + port + " is taken. Stop what listens there, or choose another port.", cause);
    }
}
