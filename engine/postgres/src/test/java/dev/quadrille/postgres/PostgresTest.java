package dev.quadrille.postgres;

import static dev.quadrille.postgres.generated.Tables.CHECKPOINT;
import static dev.quadrille.postgres.generated.Tables.EVENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.quadrille.kernel.Unavailable;
import dev.quadrille.testkit.Collision;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("databases")
@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestDatabase database;

    PostgresTest(TestDatabase database) {
        this.database = database;
    }

    static Stream<TestDatabase> databases() {
        return TestDatabase.onEveryServer(PostgresTest::startFourServicesAtOnce);
    }

    private static void startFourServicesAtOnce(PostgresSettings settings) {
        try {
            Collision.of(4, _ -> () -> {
                EventStoreSchema.migrate(settings);
                return true;
            });
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void services_that_start_at_once_make_one_database_and_later_ones_find_it() {
        EventStoreSchema.migrate(database.settings());

        assertThat(new PostgresFeed(database.pool(), PATIENCE).after(0, 1)).isEmpty();
    }

    @Test
    void a_statement_that_takes_too_long_is_ended_by_the_server() {
        try (var pool = impatientPool()) {
            assertUnavailable(pool, jooq -> jooq.fetch("select pg_sleep(60)"), "statement timeout");
        }
    }

    @Test
    void P4_an_appender_that_hangs_holds_the_feed_up_for_its_time_limit_and_no_longer() throws Exception {
        try (var pool = impatientPool();
                var hanging = pool.getConnection()) {
            hanging.setAutoCommit(false);
            new Database(hanging)
                    .run(jooq ->
                            jooq.execute("insert into event overriding user value select * from event where false"));
            new Database(hanging).run(jooq -> jooq.fetchValue("select nextval('event_position_seq')"));

            assertThat(new PostgresFeed(database.pool(), PATIENCE).after(0, 1)).isEmpty();

            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(() -> new Database(hanging).run(jooq -> jooq.fetchCount(EVENT)));
        }
    }

    @Test
    void a_pool_without_a_free_connection_is_unavailable() throws Exception {
        try (var pool = impatientPool();
                var _ = pool.getConnection()) {
            assertUnavailable(pool, jooq -> jooq.fetchCount(EVENT), "not available");
        }
    }

    @Test
    void a_read_only_pool_reads_and_the_server_refuses_the_rest() {
        try (var pool = Postgres.readOnlyPool(database.settings())) {
            assertThat(new Database(pool).<Integer>run(jooq -> jooq.fetchCount(EVENT)))
                    .isZero();
            assertUnavailable(pool, jooq -> jooq.deleteFrom(CHECKPOINT).execute(), "read-only");
        }
    }

    @Test
    void P10_a_connection_that_breaks_within_a_transaction_is_replaced() {
        var operator = new Database(database.pool());
        try (var pool = impatientPool()) {
            var service = new Database(pool);
            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(() -> service.transact(jooq -> {
                        var process = jooq.fetchValue("select pg_backend_pid()");
                        operator.run(other -> other.fetch("select pg_terminate_backend({0}, 10000)", process));
                        jooq.fetchCount(EVENT);
                    }));

            assertThat(service.<Integer>run(jooq -> jooq.fetchCount(EVENT))).isZero();
        }
    }

    private HikariDataSource impatientPool() {
        var settings = database.settings();
        return Postgres.pool(new PostgresSettings(
                settings.url(),
                settings.user(),
                settings.password(),
                "impatient",
                1,
                Duration.ofMillis(300),
                Duration.ofMillis(300)));
    }

    private static void assertUnavailable(HikariDataSource pool, Function<DSLContext, ?> statement, String because) {
        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> new Database(pool).run(statement))
                .withMessageContaining(because);
    }
}
