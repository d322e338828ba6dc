package dev.quadrille.testkit.simulation;

import dev.quadrille.kernel.process.DeadlineDelivery;
import dev.quadrille.testkit.InMemoryStore;
import java.time.InstantSource;

/** An instance of what delivers deadlines. Several do at a time. */
final class DeadlineClock extends Actor {

    private static final int BATCH = 4;

    private final Simulation simulation;
    private final InMemoryStore store;
    private final InstantSource clock;
    private DeadlineDelivery delivery;

    DeadlineClock(String name, Simulation simulation, InMemoryStore store, InstantSource clock) {
        super(name);
        this.simulation = simulation;
        this.store = store;
        this.clock = clock;
        this.delivery = start();
    }

    private DeadlineDelivery start() {
        var ports = simulation.portsOf(this);
        return new DeadlineDelivery(
                simulation.simulator().processes(),
                ports.deadlines(),
                simulation.codec(),
                ports.commandBus(),
                clock,
                simulation.fate().upTo(BATCH));
    }

    @Override
    boolean ready() {
        return !store.due(simulation.now(), simulation.simulator().processes().enabledKeys(), 1)
                .isEmpty();
    }

    @Override
    void step() {
        delivery.next();
    }

    @Override
    void restart() {
        delivery = start();
    }
}
