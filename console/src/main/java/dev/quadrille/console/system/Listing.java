package dev.quadrille.console.system;

import java.util.List;

/**
 * A page of a list.
 *
 * @param next asks for the page behind it; empty if there is none
 */
public record Listing<T>(List<T> rows, String next) {

    public Listing {
        rows = List.copyOf(rows);
    }

    public boolean more() {
        return !next.isEmpty();
    }
}
