package dev.quadrille.postgres;

import static dev.quadrille.postgres.generated.Tables.APPENDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Feed;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.Unavailable;
import dev.quadrille.testkit.FeedContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.quadrille.postgres.TestDatabase#withEventStore")
@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresFeedTest extends FeedContract {

    private static final StreamId TERN = new StreamId("ferry.crossing", "tern");
    private static final StreamId GULL = new StreamId("ferry.crossing", "gull");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestDatabase database;

    PostgresFeedTest(TestDatabase database) {
        this.database = database;
    }

    @Override
    protected StoreAndFeed empty() {
        var pool = database.cleared().pool();
        return new StoreAndFeed(new PostgresEventStore(pool), new PostgresFeed(pool, PATIENCE));
    }

    /** What a reader does about transactions in progress; appended to by hand, with plain inserts. */
    @Nested
    class P4_AmongOpenTransactions {

        private static final String INSERT_NOTHING =
                "insert into event overriding user value select * from event where false";

        /** A feed that does not wait for anybody. */
        private final Feed impatient = new PostgresFeed(database.pool(), Duration.ZERO);

        @Test
        void an_appender_that_drew_an_earlier_position_holds_the_feed_back_and_comes_first_when_it_commits()
                throws Exception {
            insert(TERN, 1);
            try (var early = begin()) {
                insert(early, TERN, 2);
                insert(GULL, 1);

                assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> impatient.after(0, 10));
                var feed = feedThatPausesOnceFor(early::commit);

                assertThat(events(feed.after(0, 10))).containsExactly("tern 1", "tern 2", "gull 1");
            }
        }

        @Test
        void an_appender_that_rolls_back_lets_the_feed_go_on_without_it() throws Exception {
            try (var early = begin()) {
                insert(early, TERN, 1);
                insert(GULL, 1);
                var feed = feedThatPausesOnceFor(early::rollback);

                assertThat(events(feed.after(0, 10))).containsExactly("gull 1");
                insert(TERN, 1);
                assertThat(events(feed.after(0, 10))).containsExactly("gull 1", "tern 1");
            }
        }

        @Test
        void an_appender_that_comes_while_the_feed_waits_is_neither_waited_for_nor_lost() throws Exception {
            try (var early = begin();
                    var late = begin()) {
                insert(early, TERN, 1);
                var feed = feedThatPausesOnceFor(() -> {
                    insert(late, GULL, 1);
                    early.commit();
                });

                var first = feed.after(0, 10);
                assertThat(events(first)).containsExactly("tern 1");

                late.commit();
                assertThat(events(feed.after(first.getLast().position(), 10))).containsExactly("gull 1");
            }
        }

        @Test
        void an_appender_is_seen_from_before_its_first_position_until_its_end() throws Exception {
            try (var open = begin()) {
                assertThat(appenders()).isZero();
                execute(open, INSERT_NOTHING);
                assertThat(appenders()).isOne();
                open.commit();
                assertThat(appenders()).isZero();
            }
        }

        @Test
        void every_insert_takes_the_lock_even_with_triggers_off() throws Exception {
            try (var plain = begin();
                    var replica = begin()) {
                insert(plain, TERN, 1);
                execute(replica, "set session_replication_role = replica");
                insert(replica, GULL, 1);

                assertThat(appenders()).isEqualTo(2);
            }
        }

        @Test
        void who_does_not_append_delays_nothing_however_long() throws Exception {
            insert(TERN, 1);
            try (var inThisDatabase = begin();
                    var inAnother = Postgres.connect(database.settings().withDatabase("postgres"))) {
                inAnother.setAutoCommit(false);
                execute(inAnother, "create temporary table long_work (n int)");
                execute(inThisDatabase, "select pg_advisory_xact_lock_shared(1366647140, 2)");
                execute(inThisDatabase, "lock table parked in exclusive mode");
                execute(inThisDatabase, "select count(*) from event");
                insert(GULL, 1);

                assertThat(events(impatient.after(0, 10))).containsExactly("tern 1", "gull 1");
            }
        }

        @Test
        void patience_ends_and_says_who_is_waited_for() throws Exception {
            try (var open = begin()) {
                insert(open, TERN, 1);

                assertThatExceptionOfType(Unavailable.class)
                        .isThrownBy(() -> impatient.after(0, 10))
                        .withMessageContaining("process " + processOf(open))
                        .withMessageContaining(database.settings().applicationName())
                        .withMessageContaining("idle in transaction");
            }
        }

        @Test
        void nothing_new_behind_a_rollback_is_not_asked_for_twice() throws Exception {
            insert(TERN, 1);
            try (var early = begin()) {
                insert(early, GULL, 1);
                early.rollback();
            }
            var last = impatient.after(0, 10).getLast().position();
            try (var open = begin()) {
                // It has the lock and no position: a feed that looks further than the sequence would wait for it.
                execute(open, INSERT_NOTHING);

                assertThat(impatient.after(last, 10)).isEmpty();
            }
        }

        /** A feed that waits for others once, and this happens meanwhile. */
        private Feed feedThatPausesOnceFor(Meanwhile meanwhile) {
            var pauses = new AtomicInteger();
            return new PostgresFeed(database.pool(), PATIENCE, () -> {
                assertThat(pauses.incrementAndGet()).isOne();
                try {
                    meanwhile.happens();
                } catch (SQLException failure) {
                    throw new AssertionError(failure);
                }
            });
        }

        private Connection begin() throws SQLException {
            var connection = database.pool().getConnection();
            connection.setAutoCommit(false);
            return connection;
        }

        private void insert(StreamId stream, long version) {
            insert(new Database(database.pool()), stream, version);
        }

        private void insert(Connection transaction, StreamId stream, long version) {
            insert(new Database(transaction), stream, version);
        }

        private void insert(Database into, StreamId stream, long version) {
            var lineage = new Lineage(UUID.randomUUID(), UUID.randomUUID(), "00-…-01");
            var event = new EventEnvelope(
                    UUID.randomUUID(),
                    stream,
                    version,
                    Instant.parse("2026-06-01T12:00:00Z"),
                    lineage,
                    new Message("ferry.VehicleBoarded.v1", "{}"));
            into.run(jooq -> jooq.executeInsert(Rows.row(event)));
        }

        private void execute(Connection transaction, String statement) {
            new Database(transaction).run(jooq -> jooq.execute(statement));
        }

        private Object processOf(Connection transaction) {
            return new Database(transaction)
                    .run(jooq -> jooq.fetchSingle("select pg_backend_pid()").get(0));
        }

        private int appenders() {
            return new Database(database.pool()).run(jooq -> jooq.fetchCount(APPENDER));
        }

        private List<String> events(List<Feed.Entry> entries) {
            return entries.stream()
                    .map(Feed.Entry::event)
                    .map(event -> event.stream().id() + " " + event.version())
                    .toList();
        }
    }

    private interface Meanwhile {
        void happens() throws SQLException;
    }
}
