package dev.quadrille.testkit.simulation;

import dev.quadrille.kernel.CommandEnvelope;
import java.util.ArrayList;
import java.util.List;

/** All who send commands, each again until the broker has it, and now and then once more. */
final class Client extends Actor {

    private static final int AT_ONCE = 4;

    private final Simulation simulation;
    private final List<CommandEnvelope> outbox = new ArrayList<>();

    Client(Simulation simulation) {
        super("client");
        this.simulation = simulation;
    }

    void enqueue(CommandEnvelope command) {
        outbox.add(command);
    }

    @Override
    boolean ready() {
        return !outbox.isEmpty();
    }

    @Override
    void step() {
        var command = simulation.fate().oneOf(outbox.subList(0, Math.min(AT_ONCE, outbox.size())));
        simulation.portsOf(this).commandBus().send(List.of(command));
        if (!simulation.fate().whim()) {
            outbox.remove(command);
        }
    }

    @Override
    void restart() {}
}
