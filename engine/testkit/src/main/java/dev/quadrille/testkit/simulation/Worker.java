package dev.quadrille.testkit.simulation;

import dev.quadrille.kernel.Handler;
import dev.quadrille.kernel.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** An instance of a service that would consume one queue. Of several one is active; the others stand by. */
final class Worker<M> extends Actor {

    private static final int PREFETCH = 8;

    private final Simulation simulation;
    private final Queue<M> queue;
    private final Function<Ports, Handler<M>> program;
    private final List<Queue.Delivery<M>> inHand = new ArrayList<>();
    private Handler<M> handler;

    Worker(String name, Simulation simulation, Queue<M> queue, Function<Ports, Handler<M>> program) {
        super(name);
        this.simulation = simulation;
        this.queue = queue;
        this.program = program;
        this.handler = program.apply(simulation.portsOf(this));
    }

    @Override
    boolean ready() {
        return queue.isConsumedBy(this)
                ? queue.hasWaiting() || !inHand.isEmpty()
                : queue.isFree() && queue.hasWaiting();
    }

    @Override
    void step() {
        if (!queue.isConsumedBy(this)) {
            inHand.clear();
        }
        inHand.addAll(queue.deliver(this, simulation.fate().upTo(PREFETCH)));
        var handled = handler.handle(inHand.stream().map(item -> item.message).toList());
        for (var failed : handled.failed()) {
            throw new BrokenLaw("every message can be handled", failed.reason());
        }
        for (var item : List.copyOf(inHand)) {
            if (!handled.held().contains(item.message)) {
                acknowledge(item);
            }
        }
    }

    private void acknowledge(Queue.Delivery<M> item) {
        try {
            simulation.cross(this, "acknowledge", item.message, () -> queue.acknowledge(this, item));
        } catch (Unavailable channelLost) {
            queue.lose(this);
            throw channelLost;
        }
        inHand.remove(item);
    }

    @Override
    void restart() {
        takenForDead();
        inHand.clear();
        handler = program.apply(simulation.portsOf(this));
    }

    @Override
    void takenForDead() {
        queue.lose(this);
    }
}
