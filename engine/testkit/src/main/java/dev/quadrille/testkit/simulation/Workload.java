package dev.quadrille.testkit.simulation;

import dev.quadrille.kernel.Command;
import java.util.List;
import java.util.random.RandomGenerator;

/** What clients ask of a system in the simulations of many seeds. */
@FunctionalInterface
public interface Workload {

    /**
     * Commands of chance, sent while the system runs, roughly in this order. Let them have few aggregates among them, so
     * that they collide.
     *
     * @param random the only chance in it: the same numbers are to make the same commands
     */
    List<Command> commands(RandomGenerator random);
}
