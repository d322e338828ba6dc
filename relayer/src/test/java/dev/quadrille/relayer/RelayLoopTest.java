package dev.quadrille.relayer;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.quadrille.embedded.EmbeddedBroker;
import dev.quadrille.embedded.EmbeddedDatabase;
import dev.quadrille.kernel.Append;
import dev.quadrille.kernel.Commit;
import dev.quadrille.kernel.Conflict;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.Unavailable;
import dev.quadrille.postgres.Database;
import dev.quadrille.postgres.EventStoreSchema;
import dev.quadrille.postgres.Postgres;
import dev.quadrille.postgres.PostgresEventStore;
import dev.quadrille.postgres.PostgresSettings;
import dev.quadrille.postgres.RelayLoop;
import dev.quadrille.rabbitmq.QueueType;
import dev.quadrille.rabbitmq.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RelayLoopTest {

    private static final EmbeddedBroker BROKER = EmbeddedBroker.temporary();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SECONDS = Duration.ofSeconds(10);
    private static final int STREAMS = 3;

    private final String context = "ferry" + UUID.randomUUID().toString().replace("-", "");
    private final Topology topology =
            Topology.over(new Partitions(1), QueueType.CLASSIC).events(context, context + ".*.*");
    private final PostgresSettings settings = database(context);
    private final HikariDataSource pool = Postgres.pool(settings);
    private final List<EventEnvelope> committed = new ArrayList<>();

    private static PostgresSettings database(String name) {
        var server = EmbeddedDatabase.shared();
        var settings = PostgresSettings.of(server.jdbcUrl(name), server.user(), server.password(), "relayer");
        EventStoreSchema.migrate(settings);
        return settings;
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void P4_what_is_committed_is_published_in_the_order_of_versions() throws Exception {
        commit(1, 2);
        try (var subscriber = new Subscriber(BROKER.amqpUrl(), topology)) {
            try (var _ = relayer(() -> {})) {
                assertRelayed(subscriber.awaitDifferent(committed.size()));
                commit(3, 5);
                assertRelayed(subscriber.awaitDifferent(committed.size()));
            }
            assertThat(subscriber.heard()).doesNotHaveDuplicates();
        }
        assertThat(position()).isEqualTo(lastPosition());
    }

    @Test
    void P4_the_position_stays_where_it_is_when_a_confirm_is_lost_and_the_batch_comes_again_in_order()
            throws Exception {
        commit(1, 3);
        var positions = new CopyOnWriteArrayList<Long>();
        var repeated = new CompletableFuture<Void>();
        var relayer = relayer(() -> {
            positions.add(position());
            if (positions.size() == 1) {
                throw new Unavailable("The confirm is lost", null);
            }
            repeated.complete(null);
        });
        try (var subscriber = new Subscriber(BROKER.amqpUrl(), topology)) {
            try (relayer) {
                assertThat(repeated).succeedsWithin(PATIENCE);
            }
            commit(4, 4);
            try (var _ = relayer(() -> {})) {
                assertRelayed(subscriber.awaitDifferent(committed.size()));
            }
            var first = relayer.confirmed().subList(0, 3 * STREAMS);
            var again = relayer.confirmed().subList(3 * STREAMS, 6 * STREAMS);
            assertThat(again).isEqualTo(first);
            assertThat(subscriber.heard()).startsWith(relayer.confirmed().toArray(EventEnvelope[]::new));
        }
        assertThat(positions).containsExactly(0L, 0L);
        assertThat(position()).isEqualTo(lastPosition());
    }

    @Test
    void P10_one_relays_while_another_stands_by_and_takes_over_in_seconds_when_the_leader_is_closed() throws Exception {
        try (var subscriber = new Subscriber(BROKER.amqpUrl(), topology);
                var leader = relayer(() -> {})) {
            assertThat(leader.leads).succeedsWithin(PATIENCE);
            try (var standby = relayer(() -> {})) {
                assertThat(standby.standsBy).succeedsWithin(PATIENCE);
                commit(1, 3);
                subscriber.awaitDifferent(committed.size());
                assertThat(standby.confirmed()).isEmpty();

                leader.resign();
                commit(4, 6);

                assertThat(standby.leads).succeedsWithin(SECONDS);
                assertRelayed(subscriber.awaitDifferent(committed.size()));
                assertThat(leader.confirmed()).hasSize(3 * STREAMS);
                // The events are heard before their confirm is.
                standby.resign();
                assertThat(standby.confirmed()).hasSize(3 * STREAMS);
            }
            assertThat(subscriber.heard()).doesNotHaveDuplicates();
        }
        assertThat(position()).isEqualTo(lastPosition());
    }

    /** It is lost at the worst moment: with a batch confirmed, and the position not moved yet. */
    @Test
    void P4_the_standby_takes_over_in_seconds_when_the_leaders_session_is_lost_and_the_old_leader_moves_nothing()
            throws Exception {
        var confirmed = new CompletableFuture<Void>();
        var resume = new CompletableFuture<Void>();
        try (var subscriber = new Subscriber(BROKER.amqpUrl(), topology);
                var leader = relayer(() -> {
                    confirmed.complete(null);
                    resume.join();
                })) {
            assertThat(leader.leads).succeedsWithin(PATIENCE);
            try (var standby = relayer(() -> {})) {
                assertThat(standby.standsBy).succeedsWithin(PATIENCE);
                commit(1, 3);
                assertThat(confirmed).succeedsWithin(PATIENCE);

                leader.retire();
                terminateLeader();
                commit(4, 6);

                assertThat(standby.leads).succeedsWithin(SECONDS);
                assertRelayed(subscriber.awaitDifferent(committed.size()));
            } finally {
                resume.complete(null);
            }
        }
        assertThat(position()).isEqualTo(lastPosition());
    }

    @Test
    void P10_it_goes_on_by_itself_when_the_broker_comes_back_and_nothing_is_lost(@TempDir Path directory)
            throws Exception {
        commit(1, 2);
        var confirmed = new CompletableFuture<Void>();
        var broker = EmbeddedBroker.start(directory, 0);
        var url = broker.amqpUrl();
        try (var relayer = new ObservedRelayer(settings, pool, url, topology, () -> confirmed.complete(null))) {
            try (var before = new Subscriber(url, topology)) {
                assertRelayed(before.awaitDifferent(committed.size()));
                assertThat(confirmed).succeedsWithin(PATIENCE);
                broker.close();
            }

            var missed = commit(3, 5);
            assertThat(relayer.missesBroker).succeedsWithin(PATIENCE);

            broker = EmbeddedBroker.start(directory, broker.port());
            try (var after = new Subscriber(url, topology)) {
                assertThat(inStreams(after.awaitDifferent(missed.size()))).isEqualTo(inStreams(missed));
            }
        } finally {
            broker.close();
        }
        assertThat(position()).isEqualTo(lastPosition());
    }

    /** A crash ends the leader's session; of what was drawn and rolled back, nothing need have reached the disk. */
    @Test
    void P4_positions_that_a_crashed_server_gives_again_are_relayed() throws Exception {
        commit(1, 1);
        try (var subscriber = new Subscriber(BROKER.amqpUrl(), topology);
                var relayer = relayer(() -> {})) {
            subscriber.awaitDifferent(committed.size());
            number("select nextval('event_position_seq') from generate_series(1, 1000)");
            awaitLooks(relayer);

            number("select setval('event_position_seq', " + lastPosition() + ")");
            terminateLeader();
            commit(2, 2);

            assertRelayed(subscriber.awaitDifferent(committed.size()));
        }
    }

    /** Until it has looked once from beginning to end. */
    private static void awaitLooks(ObservedRelayer relayer) {
        var enough = relayer.looks() + 2;
        while (relayer.looks() < enough) {
            Thread.onSpinWait();
        }
    }

    private ObservedRelayer relayer(Runnable onceConfirmed) {
        return new ObservedRelayer(settings, pool, BROKER.amqpUrl(), topology, onceConfirmed);
    }

    /** Appends these versions to all streams, version by version. */
    private List<EventEnvelope> commit(long firstVersion, long lastVersion) throws Conflict {
        var store = new PostgresEventStore(pool);
        var added = new ArrayList<EventEnvelope>();
        for (var version = firstVersion; version <= lastVersion; version++) {
            var expected = version - 1;
            var appends = streams().stream()
                    .map(stream -> new Append(stream, expected, List.of(event(stream, expected + 1))))
                    .toList();
            store.commit(new Commit(appends, List.of()));
            appends.forEach(append -> added.addAll(append.events()));
        }
        committed.addAll(added);
        return added;
    }

    private List<StreamId> streams() {
        return LongStream.rangeClosed(1, STREAMS)
                .mapToObj(number -> new StreamId(context + ".crossing", "c" + number))
                .toList();
    }

    private EventEnvelope event(StreamId stream, long version) {
        var id = UUID.randomUUID();
        return new EventEnvelope(
                id,
                stream,
                version,
                Instant.parse("2026-11-21T10:00:00Z"),
                Lineage.begunBy(id),
                new Message(context + ".VehicleBoarded.v1", "{\"vehicle\":\"Fähre " + version + "\"}"));
    }

    private void assertRelayed(List<EventEnvelope> heard) {
        assertThat(inStreams(heard)).isEqualTo(inStreams(committed));
    }

    /** Order is promised within a stream only. */
    private List<List<EventEnvelope>> inStreams(List<EventEnvelope> events) {
        return streams().stream()
                .map(stream -> events.stream()
                        .filter(event -> event.stream().equals(stream))
                        .toList())
                .toList();
    }

    private long position() {
        return number("select coalesce(max(position), 0) from checkpoint where name = '" + RelayLoop.NAME + "'");
    }

    private long lastPosition() {
        return number("select max(position) from event");
    }

    private long number(String query) {
        return new Database(pool).run(jooq -> jooq.fetch(query).getFirst().get(0, long.class));
    }

    private void terminateLeader() {
        assertThat(number("""
                        select count(pg_terminate_backend(pid, 10000)) from pg_locks
                        where locktype = 'advisory' and objsubid = 1
                            and database = (select oid from pg_database where datname = current_database())""")).isEqualTo(1);
    }
}
