package dev.quadrille.testkit.simulation;

import dev.quadrille.kernel.CommandBus;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.EventBus;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Handler;
import dev.quadrille.testkit.CommandBusContract;
import dev.quadrille.testkit.EventBusContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SimulatedBusTest {

    private final Simulation system = FerryRide.SIMULATOR.calm();
    private final Ports ports = system.portsOf(new Client(system));
    private final List<Worker<?>> workers = new ArrayList<>();

    @Nested
    class ForCommands extends CommandBusContract {

        @Override
        protected BusAndSubscribers<CommandBus, CommandEnvelope> empty() {
            return new BusAndSubscribers<>(
                    "ferry",
                    commands -> {
                        ports.commandBus().send(commands);
                        deliver();
                    },
                    List.of(handler -> consume(system.broker().commandQueues, handler)));
        }
    }

    @Nested
    class ForEvents extends EventBusContract {

        @Override
        protected BusAndSubscribers<EventBus, EventEnvelope> empty() {
            return new BusAndSubscribers<>(
                    "ferry",
                    events -> {
                        ports.eventBus().publish(events);
                        deliver();
                    },
                    List.of(handler -> consume(system.broker().eventQueues, handler)));
        }
    }

    private <M> void consume(List<Queue<M>> queues, Handler<M> handler) {
        queues.forEach(queue -> workers.add(new Worker<>("test", system, queue, _ -> handler)));
        deliver();
    }

    private void deliver() {
        for (var worker : workers) {
            while (worker.ready()) {
                worker.step();
            }
        }
    }
}
