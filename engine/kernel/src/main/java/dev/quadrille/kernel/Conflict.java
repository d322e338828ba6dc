package dev.quadrille.kernel;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lost race: a stream has moved on, or the command or its request id has been settled by another. Nothing was
 * written. Load and decide again.
 */
public final class Conflict extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable StreamId stream;

    private Conflict(String message, @Nullable StreamId stream) {
        super(message);
        this.stream = stream;
    }

    /** The stream is not at the version that the decision was made on. */
    public static Conflict moved(StreamId stream, long expected) {
        return new Conflict(stream + " is not at version " + expected + " (any more)", stream);
    }

    /** A command of the commit, or its request id, has an outcome already. */
    public static Conflict settled(String what) {
        return new Conflict(what, null);
    }

    /** The stream that has moved on, when it was that. */
    public Optional<StreamId> stream() {
        return Optional.ofNullable(stream);
    }
}
