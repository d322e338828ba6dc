package dev.quadrille.console.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person is told of a button that was pressed.
 *
 * @param what the button was for
 * @param sentence what came of it
 * @param detail the reason, or what to do
 * @param link where to look
 * @param again sends the same once more; null if it is settled
 */
public record Told(
        Tone tone,
        String what,
        String sentence,
        String detail,
        String link,
        String linkText,
        @Nullable Again again) {

    /** How it went. */
    public enum Tone {
        GOOD,
        BAD,
        WAIT
    }

    /** The form as it was sent. */
    public record Again(String action, Map<String, String> fields) {}
}
