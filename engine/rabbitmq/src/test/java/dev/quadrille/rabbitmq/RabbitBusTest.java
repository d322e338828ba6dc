package dev.quadrille.rabbitmq;

import dev.quadrille.kernel.CommandBus;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.EventBus;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.testkit.CommandBusContract;
import dev.quadrille.testkit.EventBusContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "on {0}")
@MethodSource("dev.quadrille.rabbitmq.TestBroker#all")
@DisplayNameGeneration(ReplaceUnderscores.class)
class RabbitBusTest {

    private final TestBroker broker;
    private TestContext context;

    RabbitBusTest(TestBroker broker) {
        this.broker = broker;
    }

    @BeforeEach
    void open() throws Exception {
        context = new TestContext(broker.url());
    }

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    @Nested
    class ForCommands extends CommandBusContract {

        @Override
        protected BusAndSubscribers<CommandBus, CommandEnvelope> empty() {
            return new BusAndSubscribers<>(context.name, context.commandBus(), List.of(context::consumeCommands));
        }
    }

    @Nested
    class ForEvents extends EventBusContract {

        @Override
        protected BusAndSubscribers<EventBus, EventEnvelope> empty() {
            return new BusAndSubscribers<>(
                    context.name,
                    new RabbitEventBus(context.publisher(), context.eventMessages),
                    List.of(subscriber("policies."), subscriber("listeners.")));
        }

        private Subscriber<EventEnvelope> subscriber(String name) {
            return handler ->
                    context.consume(context.topology.queuesOf(name + context.name), context.eventMessages, handler);
        }
    }
}
