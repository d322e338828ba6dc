package dev.quadrille.kernel;

/** How far readers of the {@link Feed} have come: durable, one position for each name. */
public interface Checkpoints {

    /**
     * The saved position, 0 if none was.
     *
     * @throws Unavailable if the store is, or if the caller does not lead any more
     */
    long load(String name);

    /**
     * Moves the position. Called only when everything up to it has had its effect.
     *
     * @throws Unavailable if the store is, or if the caller does not lead any more
     */
    void save(String name, long position);
}
