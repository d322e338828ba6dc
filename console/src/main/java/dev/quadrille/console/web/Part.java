package dev.quadrille.console.web;

import java.util.function.Supplier;

/**
 * A part of a page. Its template is {@code parts/<name>}, which finds what is loaded as {@code it}.
 *
 * @param live whether it is asked for again, and pushed when it has changed
 * @param load asks for what it shows; throws {@link io.grpc.StatusRuntimeException} if that can't be had
 */
record Part(String name, boolean live, Supplier<?> load) {

    static Part live(String name, Supplier<?> load) {
        return new Part(name, true, load);
    }

    /** What is the same for as long as the page is open, and so is never taken from under a person's hands. */
    static Part still(String name, Object it) {
        return new Part(name, false, () -> it);
    }
}
