package dev.quadrille.shell;

/** A variable with a value that a service can't work with: it does not start, and its log says what to set instead. */
public final class BadVariable extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** @param expected what the variable must be, such as {@code a number from 1 to 1024} */
    BadVariable(String name, String value, String expected) {
        super(name + " is '" + value + "' and must be " + expected);
    }
}
