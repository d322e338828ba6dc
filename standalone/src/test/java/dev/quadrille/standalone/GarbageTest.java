package dev.quadrille.standalone;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.zaxxer.hikari.HikariDataSource;
import dev.quadrille.domain.DomainApplication;
import dev.quadrille.domain.Installation;
import dev.quadrille.postgres.Database;
import dev.quadrille.projections.ProjectionsApplication;
import dev.quadrille.rabbitmq.Topology;
import dev.quadrille.relayer.RelayerApplication;
import dev.quadrille.shell.Variables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * P6: what nobody can read is parked, with the reason, and stops nothing. On every queue that there is, of which each kind
 * has one, so that what comes behind the garbage has to pass it.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GarbageTest {

    /** Also a message of 20 MB has a reason that can be read. */
    private static final int LONGEST_REASON = 1_000;

    @AutoClose
    private final Services services = new Services(1);

    private final Topology topology = topology();

    @Test
    void P6_garbage_on_any_queue_is_parked_once_and_what_comes_behind_it_is_handled() throws Exception {
        var eventStore = new Database(services.run(DomainApplication.service()).getBean(HikariDataSource.class));
        services.run(RelayerApplication.service());
        var tables =
                new Database(services.run(ProjectionsApplication.service()).getBean("tables", HikariDataSource.class));
        var sent = new HashMap<String, List<Garbage>>();
        try (var connection = connect()) {
            for (var queue : topology.queues()) {
                sent.put(queue.name(), send(connection, queue));
            }
            var good = new GoodMessages(topology.partitions());
            for (var message : Stream.of(good.announcement(), good.event()).toList()) {
                send(connection, message.exchange(), message.routingKey(), new Garbage(message));
            }
        }

        Services.await(() -> has(tables, "select 1 from investor where name is not null"));
        Services.await(() -> has(eventStore, "select 1 from outcome where reason is not null"));

        for (var queue : topology.queues()) {
            var database = queue.name().contains("projections") ? tables : eventStore;
            var garbage = requireNonNull(sent.get(queue.name()));
            Services.await(() -> parked(database, queue.name()).size() >= garbage.size());
            var parked = parked(database, queue.name());
            assertThat(garbage)
                    .allSatisfy(piece -> assertThat(parked.get(piece.id()))
                            .as("%s in %s", piece.what(), queue.name())
                            .contains(piece.reason())
                            .hasSizeLessThanOrEqualTo(LONGEST_REASON));
            assertThat(parked).hasSameSizeAs(garbage);
        }
    }

    private Topology topology() {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(services.settings()));
        return Installation.topology(new Variables(environment));
    }

    private Connection connect() throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(services.amqpUrl());
        return factory.newConnection();
    }

    /** To the queue alone; an announcement's type is its routing key, so it goes to the exchange. */
    private List<Garbage> send(Connection connection, Topology.Queue queue) throws Exception {
        var announced = queue.exchange().equals(Topology.INTEGRATION_EVENTS);
        var pieces = Garbage.of(queue.exchange(), topology.partitions());
        for (var piece : pieces) {
            send(
                    connection,
                    announced ? queue.exchange() : "",
                    announced ? "registering.InvestorRegistered" : queue.name(),
                    piece);
        }
        return pieces;
    }

    private static void send(Connection connection, String exchange, String routingKey, Garbage piece)
            throws Exception {
        try (var channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.basicPublish(exchange, routingKey, piece.properties(), piece.body());
            channel.waitForConfirmsOrDie(Services.PATIENCE.toMillis());
        }
    }

    private static boolean has(Database database, String row) {
        return database.run(jooq -> jooq.fetch(row)).isNotEmpty();
    }

    private static Map<String, String> parked(Database database, String queue) {
        return database.run(jooq -> jooq.fetch("select message_id, reason from parked where consumer = ?", queue)
                .intoMap(row -> row.get(0, String.class), row -> row.get(1, String.class)));
    }
}
