package dev.quadrille.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A server that this program needs is away, overloaded or too slow. Nothing is wrong with the message in hand: keep it
 * and try again for as long as it takes. Whether the last attempt had its effect is unknown.
 */
public final class Unavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Unavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
