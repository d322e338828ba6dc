package dev.quadrille.postgres;

/** Text on its way into the database. */
public final class Texts {

    private Texts() {}

    /** The text with a replacement for the one character that PostgreSQL's text can't hold. */
    public static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
