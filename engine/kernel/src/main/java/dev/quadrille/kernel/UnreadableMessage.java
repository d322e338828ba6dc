package dev.quadrille.kernel;

import org.jspecify.annotations.Nullable;

/** A message that this program can't make sense of, and never will: it is parked, not tried again for ever. */
public final class UnreadableMessage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadableMessage(String message) {
        this(message, null);
    }

    public UnreadableMessage(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
