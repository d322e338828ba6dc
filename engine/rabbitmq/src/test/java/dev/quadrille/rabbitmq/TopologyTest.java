package dev.quadrille.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.kernel.Unavailable;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "on {0}")
@MethodSource("dev.quadrille.rabbitmq.TestBroker#all")
@DisplayNameGeneration(ReplaceUnderscores.class)
class TopologyTest {

    private final TestBroker broker;

    TopologyTest(TestBroker broker) {
        this.broker = broker;
    }

    @Test
    void queues_are_named_by_context_and_partition() {
        var topology = Topology.over(new Partitions(12), QueueType.CLASSIC)
                .commands("financing")
                .policies("reports", "billing")
                .projections()
                .integration("financing", "registering.*");

        assertThat(topology.queuesOf("commands.financing")).hasSize(12).startsWith("commands.financing.0");
        assertThat(topology.queuesOf("integration.financing")).containsExactly("integration.financing");
        assertThat(topology.queues())
                .contains(
                        new Topology.Queue("commands.financing.11", "commands", List.of("financing.11")),
                        new Topology.Queue("policies.reports.3", "events", List.of("billing.*.*.3")),
                        new Topology.Queue("projections.0", "events", List.of("#.0")),
                        new Topology.Queue("integration.financing", "integration-events", List.of("registering.*")));
    }

    @Test
    void declaring_twice_is_harmless() throws Exception {
        try (var context = new TestContext(broker.url());
                var channel = context.channel()) {
            context.topology.declare(channel);

            assertThatCode(() -> context.topology.declare(channel)).doesNotThrowAnyException();
        }
    }

    @Test
    void an_event_goes_to_everyone_who_gathers_its_partition() throws Exception {
        try (var context = new TestContext(broker.url());
                var channel = context.channel()) {
            var event = context.event("a", 1);
            var partition = context.partitions.of(event.stream());

            new RabbitEventBus(context.publisher(), context.eventMessages).publish(List.of(event));

            assertThat(size(channel, "policies.%s.%d".formatted(context.name, partition)))
                    .isEqualTo(1);
            assertThat(size(channel, "policies.%s.%d".formatted(context.name, 1 - partition)))
                    .isZero();
            assertThat(size(channel, "everything-%s.%d".formatted(context.name, partition)))
                    .isEqualTo(1);
            assertThat(size(channel, "everything-%s.%d".formatted(context.name, 1 - partition)))
                    .isZero();
        }
    }

    @Test
    void an_integration_event_goes_to_the_contexts_that_listen_to_it() throws Exception {
        try (var context = new TestContext(broker.url());
                var channel = context.channel()) {
            var event = new IntegrationEvent("1", context.name + ".SomethingAnnounced", "{}");

            context.publisher().publishAll(List.of(new IntegrationMessages().write(event)));

            assertThat(size(channel, "integration." + context.name)).isEqualTo(1);
        }
    }

    /** Both answers are right: quorum queues are RabbitMQ's own. */
    @Test
    void quorum_queues_are_declared_where_the_broker_has_them_and_refused_elsewhere() throws Exception {
        try (var context = new TestContext(broker.url(), QueueType.QUORUM)) {
            if (context.isOnRabbitMq()) {
                var recorder = new Recorder();
                context.consumeCommands(recorder);
                context.commandBus().send(context.commands("a", 10));
                assertThat(recorder.awaitFirst(10)).hasSize(10);
            } else {
                assertThatThrownBy(() -> context.commandBus().send(context.commands("a", 10)))
                        .isInstanceOf(Unavailable.class)
                        .hasMessageContaining("Unsupported queue declare argument");
            }
        }
    }

    private static long size(Channel channel, String queue) throws IOException {
        return channel.messageCount(queue);
    }
}
