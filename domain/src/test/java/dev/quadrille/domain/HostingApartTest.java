package dev.quadrille.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP.Queue.DeclareOk;
import com.rabbitmq.client.ConnectionFactory;
import com.zaxxer.hikari.HikariDataSource;
import dev.quadrille.billing.document.CustomerId;
import dev.quadrille.billing.document.DocumentCommand.IssueDocument;
import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.embedded.EmbeddedBroker;
import dev.quadrille.embedded.EmbeddedDatabase;
import dev.quadrille.financing.issuer.IssuerCommand.CreateIssuer;
import dev.quadrille.financing.issuer.IssuerId;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.postgres.PostgresOutcomes;
import dev.quadrille.rabbitmq.BrokerSettings;
import dev.quadrille.rabbitmq.CommandMessages;
import dev.quadrille.rabbitmq.ConfirmedPublisher;
import dev.quadrille.rabbitmq.Consumers;
import dev.quadrille.rabbitmq.QueueType;
import dev.quadrille.rabbitmq.RabbitCommandBus;
import dev.quadrille.rabbitmq.Topology;
import dev.quadrille.shell.BadVariable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Two domain services that share servers, and host different contexts. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostingApartTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN = Duration.ofMillis(20);

    @AutoClose
    private final EmbeddedBroker broker = EmbeddedBroker.temporary();

    private final String database = EmbeddedDatabase.shared().jdbcUrl("apart_" + UUID.randomUUID());
    private final Partitions one = new Partitions(1);

    @Test
    void each_consumes_what_is_of_its_contexts_and_both_what_is_of_every_service() throws Exception {
        var create = envelope(new CreateIssuer(new IssuerId(UUID.randomUUID()), "Harbor & Sons"));
        var issue = envelope(new IssueDocument(
                new DocumentId(UUID.randomUUID()), new CustomerId(UUID.randomUUID()), Money.parse("EUR 10")));
        try (var billing = hosting("billing")) {
            send(create, issue);
            assertThat(outcome(billing, issue).verdict()).isInstanceOf(Outcome.Accepted.class);
            assertThat(queue("commands.financing.0").getMessageCount()).isOne();
            assertThat(consumed()).containsExactly("commands.billing.0", "commands.parking.0", "interventions.domain");

            try (var others = hosting("financing,reports")) {
                assertThat(outcome(others, create).verdict()).isInstanceOf(Outcome.Accepted.class);
                assertThat(consumed())
                        .containsExactly(
                                "commands.financing.0",
                                "policies.financing.0",
                                "integration.financing",
                                "commands.billing.0",
                                "commands.reports.0",
                                "policies.reports.0",
                                "commands.parking.0",
                                "interventions.domain");
            }
        }
    }

    @Test
    void a_context_that_nobody_knows_stops_the_start() {
        assertThatThrownBy(() -> DomainApplication.service().run("--CONTEXTS=financing,hotel"))
                .rootCause()
                .isInstanceOf(BadVariable.class)
                .hasMessage(
                        "CONTEXTS is 'financing,hotel' and must be some of [financing, billing, reports, catering, process, demo], "
                                + "separated by commas");
    }

    private ConfigurableApplicationContext hosting(String contexts) throws InterruptedException {
        var service = DomainApplication.service()
                .run(
                        "--POSTGRES_URL=" + database,
                        "--POSTGRES_USER=" + EmbeddedDatabase.shared().user(),
                        "--AMQP_URL=" + broker.amqpUrl(),
                        "--PARTITIONS=1",
                        "--CONTEXTS=" + contexts);
        assertThat(service.getBean(Consumers.class).awaitAttached(PATIENCE)).isTrue();
        return service;
    }

    private static CommandEnvelope envelope(Command command) {
        var id = UUID.randomUUID();
        return new CommandEnvelope(
                id,
                null,
                command.stream(),
                Instant.parse("2026-11-21T10:00:00Z"),
                Lineage.begunBy(id),
                Installation.codec().encode(command));
    }

    private void send(CommandEnvelope... commands) {
        var settings = BrokerSettings.of(broker.amqpUrl(), "test");
        try (var publisher = new ConfirmedPublisher(settings, Topology.over(one, QueueType.CLASSIC))) {
            new RabbitCommandBus(publisher, new CommandMessages(one)).send(List.of(commands));
        }
    }

    /** What the service writes into the database, it tells nobody. */
    private static Outcome outcome(ConfigurableApplicationContext of, CommandEnvelope command) {
        var outcomes = new PostgresOutcomes(of.getBean(HikariDataSource.class));
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (deadline - System.nanoTime() > 0) {
            var found = outcomes.find(Set.of(command.id())).get(command.id());
            if (found != null) {
                return found;
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        throw new AssertionError("Not decided within " + PATIENCE);
    }

    /** The queues that somebody consumes, of those that a domain service does, in the order of the topology. */
    private List<String> consumed() throws Exception {
        var consumed = Stream.<String>builder();
        for (var queue : List.of(
                "commands.financing.0",
                "policies.financing.0",
                "integration.financing",
                "commands.billing.0",
                "commands.reports.0",
                "policies.reports.0",
                "commands.parking.0",
                "interventions.domain")) {
            if (queue(queue).getConsumerCount() > 0) {
                consumed.add(queue);
            }
        }
        return consumed.build().toList();
    }

    private DeclareOk queue(String name) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(broker.amqpUrl());
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            return channel.queueDeclarePassive(name);
        }
    }
}
