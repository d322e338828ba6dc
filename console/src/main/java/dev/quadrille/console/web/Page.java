package dev.quadrille.console.web;

import java.util.List;

/**
 * A page: parts, one below the other.
 *
 * @param title as the browser shows it, and the heading
 * @param place which of the menu's places it belongs to
 */
record Page(String title, String place, List<Part> parts) {

    Page {
        parts = List.copyOf(parts);
    }

    static Page of(String title, String place, Part... parts) {
        return new Page(title, place, List.of(parts));
    }
}
