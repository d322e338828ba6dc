package dev.quadrille.testkit.simulation;

import dev.quadrille.kernel.Relay;
import dev.quadrille.testkit.InMemoryStore;

/** An instance of the relayer. There is to be one leader; here several lead at a time. */
final class Relayer extends Actor {

    private static final String CHECKPOINT = "relay";
    private static final int BATCH = 8;

    private final Simulation simulation;
    private final InMemoryStore store;
    private Relay relay;

    Relayer(String name, Simulation simulation, InMemoryStore store) {
        super(name);
        this.simulation = simulation;
        this.store = store;
        this.relay = start();
    }

    private Relay start() {
        var ports = simulation.portsOf(this);
        return new Relay(
                CHECKPOINT,
                ports.feed(),
                ports.checkpoints(),
                ports.eventBus(),
                simulation.fate().upTo(BATCH));
    }

    @Override
    boolean ready() {
        return !store.after(store.load(CHECKPOINT), 1).isEmpty();
    }

    @Override
    void step() {
        relay.next();
    }

    @Override
    void restart() {
        relay = start();
    }
}
