package dev.quadrille.testkit.simulation;

/** Whoever does something in a simulation, in steps that others may come between at every boundary. */
abstract class Actor {

    private final String name;

    /** Set while it is in the middle of a step, possibly at a standstill. */
    boolean busy;

    Actor(String name) {
        this.name = name;
    }

    /** Whether a step would do something. */
    abstract boolean ready();

    /**
     * Does one step.
     *
     * @throws dev.quadrille.kernel.Unavailable if a server is away
     */
    abstract void step();

    /** Begins anew after a crash: nothing is remembered. */
    abstract void restart();

    /** The broker thinks that it has ended. */
    void takenForDead() {}

    @Override
    public final String toString() {
        return name;
    }
}
