package dev.quadrille.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quadrille.kernel.Append;
import dev.quadrille.kernel.Commit;
import dev.quadrille.kernel.Conflict;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.StreamVersion;
import dev.quadrille.testkit.EventStoreContract;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.quadrille.postgres.TestDatabase#withEventStore")
@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresEventStoreTest extends EventStoreContract {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Lineage LINEAGE = new Lineage(UUID.randomUUID(), UUID.randomUUID(), "00-…-01");

    private final TestDatabase database;

    PostgresEventStoreTest(TestDatabase database) {
        this.database = database;
    }

    @Override
    protected StoreAndOutcomes empty() {
        var pool = database.cleared().pool();
        return new StoreAndOutcomes(new PostgresEventStore(pool), new PostgresOutcomes(pool));
    }

    @Nested
    class LosingRaces {

        private final StreamId gull = new StreamId("ferry.crossing", "gull");
        private final StreamId tern = new StreamId("ferry.crossing", "tern");

        @Test
        void who_is_chosen_as_the_victim_of_a_deadlock_has_lost_a_race() throws Exception {
            var store = new PostgresEventStore(database.pool());
            try (var other = database.pool().getConnection();
                    var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                other.setAutoCommit(false);
                var crossing = new Database(other);
                // So that it is the store that finds the deadlock.
                crossing.run(jooq -> jooq.execute("set local deadlock_timeout = '1min'"));
                crossing.run(jooq -> jooq.executeInsert(Rows.row(first(tern))));
                var committing = threads.submit(() -> {
                    store.commit(new Commit(
                            List.of(
                                    new Append(gull, 0, List.of(first(gull))),
                                    new Append(tern, 0, List.of(first(tern)))),
                            List.of()));
                    return true;
                });
                awaitSomeoneBlockedBy(crossing);
                crossing.run(jooq -> jooq.executeInsert(Rows.row(first(gull))));
                other.commit();

                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(committing::get)
                        .withCauseInstanceOf(Conflict.class);
            }
        }

        private void awaitSomeoneBlockedBy(Database blocker) {
            var process = blocker.run(jooq -> jooq.fetchValue("select pg_backend_pid()"));
            var operator = new Database(database.pool());
            while (!Boolean.TRUE.equals(operator.run(jooq -> jooq.fetchValue(
                    "select exists (select from pg_locks where {0} = any(pg_blocking_pids(pid)))", process)))) {
                Thread.onSpinWait();
            }
        }

        @Test
        void anything_else_that_the_server_refuses_is_no_race() {
            var unstorable = new EventEnvelope(
                    UUID.randomUUID(), tern, 1, NOON, LINEAGE, new Message("ferry.VehicleBoarded.v1", "\0"));

            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> new PostgresEventStore(database.pool())
                            .commit(new Commit(List.of(new Append(tern, 0, List.of(unstorable))), List.of())));
        }

        private EventEnvelope first(StreamId stream) {
            return new EventEnvelope(
                    UUID.randomUUID(), stream, 1, NOON, LINEAGE, new Message("ferry.VehicleBoarded.v1", "{}"));
        }
    }

    @Nested
    class Expiring {

        @Test
        void outcomes_are_deleted_oldest_first_in_small_batches() throws Exception {
            var store = new PostgresEventStore(database.pool());
            var oldestFirst = Stream.of(3, 2, 1, 0)
                    .map(hours -> outcome(NOON.minusSeconds(hours * 3_600L)))
                    .toList();
            store.commit(new Commit(List.of(), oldestFirst.reversed()));

            assertThat(store.deleteOutcomesBefore(NOON, 2)).isEqualTo(2);
            assertThat(remaining(oldestFirst)).containsExactlyElementsOf(oldestFirst.subList(2, 4));
            assertThat(store.deleteOutcomesBefore(NOON, 2)).isEqualTo(1);
            assertThat(store.deleteOutcomesBefore(NOON, 2)).isZero();
            assertThat(remaining(oldestFirst)).containsExactly(oldestFirst.get(3));
        }

        private List<Outcome> remaining(List<Outcome> outcomes) {
            var found = new PostgresOutcomes(database.pool())
                    .find(outcomes.stream().map(Outcome::commandId).toList());
            return outcomes.stream()
                    .filter(outcome -> found.containsKey(outcome.commandId()))
                    .toList();
        }

        private static Outcome outcome(Instant decidedAt) {
            var reached = new StreamVersion(new StreamId("ferry.crossing", "tern"), 1);
            return new Outcome(
                    UUID.randomUUID(), UUID.randomUUID(), null, null, decidedAt, new Outcome.Accepted(reached, 1));
        }
    }
}
