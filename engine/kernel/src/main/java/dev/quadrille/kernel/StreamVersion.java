package dev.quadrille.kernel;

/**
 * A place in a stream.
 *
 * @param version how many events the stream has up to here: 0 for an empty one, else 1, 2, 3 …
 */
public record StreamVersion(StreamId stream, long version) {

    public StreamVersion {
        if (version < 0) {
            throw new IllegalArgumentException("A version is 0 or more, not " + version + " (" + stream + ")");
        }
    }
}
