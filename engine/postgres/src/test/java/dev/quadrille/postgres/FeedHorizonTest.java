package dev.quadrille.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.kernel.Append;
import dev.quadrille.kernel.Commit;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.StreamId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.quadrille.postgres.TestDatabase#withEventStore")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeedHorizonTest {

    private static final String APPEND_NOTHING =
            "insert into event overriding user value select * from event where false";

    private final TestDatabase database;

    FeedHorizonTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void clear() {
        database.cleared();
    }

    @Test
    void P4_it_ages_while_an_append_is_open_names_who_holds_it_and_is_0_when_that_has_ended() throws Exception {
        assertThat(horizon()).isEqualTo(new FeedHorizon(0, 0, List.of()));
        try (var oldest = begin(APPEND_NOTHING);
                var next = begin(APPEND_NOTHING)) {
            var first = horizon();
            assertThat(first.age()).isPositive();
            assertThat(horizon().age()).isGreaterThan(first.age());
            assertThat(first.holders()).hasSize(2);
            assertThat(first.holders().getFirst())
                    .startsWith("process " + processOf(oldest) + " ("
                            + database.settings().applicationName() + ")");

            oldest.rollback();
            assertThat(horizon().holders()).singleElement().asString().startsWith("process " + processOf(next));
            next.commit();
        }
        assertThat(horizon()).isEqualTo(new FeedHorizon(0, 0, List.of()));
    }

    @Test
    void P4_who_does_not_append_does_not_hold_it() throws Exception {
        try (var _ = begin("create table long_work (n int)")) {
            assertThat(horizon()).isEqualTo(new FeedHorizon(0, 0, List.of()));
        }
    }

    @Test
    void the_backlog_is_what_stands_behind_the_readers_own_checkpoint() throws Exception {
        append(1);
        append(2);
        append(3);
        assertThat(horizon().backlog()).isEqualTo(3);

        try (var leader = new LeaderElection(database.settings(), Duration.ofMinutes(1))
                .tryLead("relayer")
                .orElseThrow()) {
            leader.save("another", 3);
            leader.save("relayer", 2);
            assertThat(horizon().backlog()).isEqualTo(1);
            leader.save("relayer", 3);
            assertThat(horizon().backlog()).isZero();
        }
    }

    private FeedHorizon horizon() {
        return FeedHorizon.of(database.pool(), "relayer");
    }

    private Connection begin(String statement) throws SQLException {
        var connection = database.pool().getConnection();
        connection.setAutoCommit(false);
        new Database(connection).run(jooq -> jooq.execute(statement));
        return connection;
    }

    private static Object processOf(Connection transaction) {
        return new Database(transaction).run(jooq -> jooq.fetchValue("select pg_backend_pid()"));
    }

    private void append(long version) throws Exception {
        var stream = new StreamId("ferry.crossing", "tern");
        var event = new EventEnvelope(
                UUID.randomUUID(),
                stream,
                version,
                Instant.parse("2026-06-01T12:00:00Z"),
                Lineage.begunBy(UUID.randomUUID()),
                new Message("ferry.VehicleBoarded.v1", "{}"));
        new PostgresEventStore(database.pool())
                .commit(new Commit(List.of(new Append(stream, version - 1, List.of(event))), List.of()));
    }
}
