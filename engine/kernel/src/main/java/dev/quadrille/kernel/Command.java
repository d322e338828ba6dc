package dev.quadrille.kernel;

/**
 * A wish addressed to one aggregate. Implemented by records, grouped in one sealed interface per aggregate; immutable,
 * named in the imperative.
 */
public interface Command {

    /** The stream of the aggregate that decides this command, and the only one that it may change. */
    StreamId stream();
}
