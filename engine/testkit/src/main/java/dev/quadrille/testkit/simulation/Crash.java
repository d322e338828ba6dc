package dev.quadrille.testkit.simulation;

/** The end of a process in the middle of what it did. An error, as no program may catch it. */
final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    Crash() {
        super("Crashed", null, false, false);
    }
}
