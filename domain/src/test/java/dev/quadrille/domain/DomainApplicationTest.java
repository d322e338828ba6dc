package dev.quadrille.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.ConnectionFactory;
import com.zaxxer.hikari.HikariDataSource;
import dev.quadrille.embedded.EmbeddedBroker;
import dev.quadrille.embedded.EmbeddedDatabase;
import dev.quadrille.financing.issuer.IssuerCommand.CreateIssuer;
import dev.quadrille.financing.issuer.IssuerEvent.IssuerCreated;
import dev.quadrille.financing.issuer.IssuerId;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.Outcome.Accepted;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.kernel.StreamVersion;
import dev.quadrille.postgres.Database;
import dev.quadrille.postgres.PostgresEventStore;
import dev.quadrille.postgres.PostgresOutcomes;
import dev.quadrille.rabbitmq.BrokerSettings;
import dev.quadrille.rabbitmq.CommandMessages;
import dev.quadrille.rabbitmq.ConfirmedPublisher;
import dev.quadrille.rabbitmq.Consumers;
import dev.quadrille.rabbitmq.QueueType;
import dev.quadrille.rabbitmq.RabbitCommandBus;
import dev.quadrille.rabbitmq.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service on embedded servers. With one partition, so that all commands wait in one queue. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DomainApplicationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN = Duration.ofMillis(20);
    private static final String QUEUE = "commands.financing.0";

    private final EmbeddedBroker broker = EmbeddedBroker.temporary();
    private final Partitions one = new Partitions(1);
    private final ConfirmedPublisher publisher =
            new ConfirmedPublisher(BrokerSettings.of(broker.amqpUrl(), "test"), Topology.over(one, QueueType.CLASSIC));
    private final RabbitCommandBus bus = new RabbitCommandBus(publisher, new CommandMessages(one));
    private final ConfigurableApplicationContext service = DomainApplication.service()
            .run(
                    "--POSTGRES_URL=" + EmbeddedDatabase.shared().jdbcUrl("domain_" + UUID.randomUUID()),
                    "--POSTGRES_USER=" + EmbeddedDatabase.shared().user(),
                    "--AMQP_URL=" + broker.amqpUrl(),
                    "--PARTITIONS=1");
    private final HikariDataSource pool = service.getBean(HikariDataSource.class);

    @BeforeEach
    void awaitConsumers() throws Exception {
        assertThat(service.getBean(Consumers.class).awaitAttached(PATIENCE)).isTrue();
    }

    @AfterEach
    void close() {
        service.close();
        publisher.close();
        broker.close();
    }

    @Test
    void P2_a_command_is_decided_once_and_coming_again_changes_nothing() {
        var issuer = new IssuerId(UUID.randomUUID());
        var create = create(issuer);
        bus.send(List.of(create));
        var outcome = await(() -> outcome(create));

        assertThat(outcome.verdict()).isEqualTo(new Accepted(new StreamVersion(issuer.stream(), 1), 1));
        var events = new PostgresEventStore(pool).read(issuer.stream());
        assertThat(events)
                .extracting(EventEnvelope::message)
                .containsExactly(Installation.codec().encode(new IssuerCreated(issuer, "Harbor & Sons")));

        var later = create(issuer);
        bus.send(List.of(create, create, later));
        await(() -> outcome(later));

        assertThat(outcome(create)).contains(outcome);
        assertThat(new PostgresEventStore(pool).read(issuer.stream())).isEqualTo(events);
    }

    @Test
    void P6_garbage_among_commands_is_parked_and_later_commands_are_decided() throws Exception {
        var poisoned = new IssuerId(UUID.randomUUID());
        var unreadable = create(poisoned, new Message("financing.CreateIssuer.v1", "garbage"));
        var healthy = create(new IssuerId(UUID.randomUUID()));

        publishBare("garbage");
        bus.send(List.of(unreadable, healthy));

        assertThat(await(() -> outcome(healthy)).verdict()).isInstanceOf(Accepted.class);
        assertThat(await(() -> parked(2)))
                .containsExactly(QUEUE + "||garbage", QUEUE + "|" + poisoned.stream() + "|garbage");
        assertThat(outcome(unreadable)).isEmpty();
    }

    private static CommandEnvelope create(IssuerId issuer) {
        return create(issuer, Installation.codec().encode(new CreateIssuer(issuer, "Harbor & Sons")));
    }

    private static CommandEnvelope create(IssuerId issuer, Message message) {
        var id = UUID.randomUUID();
        return new CommandEnvelope(
                id, null, issuer.stream(), Instant.parse("2026-11-21T10:00:00Z"), Lineage.begunBy(id), message);
    }

    private void publishBare(String body) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(broker.amqpUrl());
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.basicPublish("", QUEUE, null, body.getBytes(UTF_8));
            channel.waitForConfirmsOrDie(PATIENCE.toMillis());
        }
    }

    private Optional<Outcome> outcome(CommandEnvelope command) {
        return Optional.ofNullable(
                new PostgresOutcomes(pool).find(Set.of(command.id())).get(command.id()));
    }

    /** Where it was parked, its key and its body, in the order of parking, once there is so much. */
    private Optional<List<String>> parked(int messages) {
        var parked = new Database(pool)
                .run(jooq -> jooq.fetch(
                                "select concat_ws('|', consumer, key, convert_from(body, 'UTF8')) from parked order by number")
                        .getValues(0, String.class));
        return Optional.of(parked).filter(all -> all.size() >= messages);
    }

    /** What the service writes into the database, it tells nobody. */
    private static <T> T await(Supplier<Optional<T>> written) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var found = written.get();
        while (found.isEmpty() && deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(BETWEEN.toNanos());
            found = written.get();
        }
        return found.orElseThrow(() -> new AssertionError("Not written within " + PATIENCE));
    }
}
