package dev.quadrille.kernel;

/**
 * Why a command was refused.
 *
 * @param reason for machines, in UPPER_SNAKE_CASE, never changed once published
 * @param message for people: one sentence with the values that matter
 */
public record Rejection(String reason, String message) {

    public Rejection {
        if (!reason.matches("[A-Z][A-Z0-9_]*")) {
            throw new IllegalArgumentException("A reason is in UPPER_SNAKE_CASE, not '" + reason + "'");
        }
    }
}
