package dev.quadrille.console.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The request ids of a page's forms. A form has the same id however often it is rendered for the same page, so that a double
 * click, a resend and a click while the page changes are one command; and another one once what it asked for is settled,
 * as the page then has another key.
 *
 * @param key of the page as it is open in one browser's tab
 */
record Forms(String key) {

    /** The forms of a page with this key, or of a new one if that is none. */
    static Forms of(@Nullable String key) {
        try {
            return key == null ? fresh() : new Forms(UUID.fromString(key).toString());
        } catch (IllegalArgumentException none) {
            return fresh();
        }
    }

    static Forms fresh() {
        return new Forms(UUID.randomUUID().toString());
    }

    /** Of one form.
     *
     * @param wish what it is for, on what
     */
    public String requestId(String wish) {
        return UUID.nameUUIDFromBytes((key + " " + wish).getBytes(UTF_8)).toString();
    }
}
