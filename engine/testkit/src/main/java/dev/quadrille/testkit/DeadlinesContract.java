package dev.quadrille.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quadrille.kernel.Append;
import dev.quadrille.kernel.Commit;
import dev.quadrille.kernel.Conflict;
import dev.quadrille.kernel.Deadlines;
import dev.quadrille.kernel.Deadlines.Change;
import dev.quadrille.kernel.Deadlines.Scheduled;
import dev.quadrille.kernel.EventStore;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What all {@link Deadlines} promise, together with the {@link EventStore} that stores them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class DeadlinesContract {

    private static final UUID TRIP = UUID.fromString("6f1f4f0e-3f0b-4c39-9a1b-0a6a6f4b7c01");
    private static final UUID VOYAGE = UUID.fromString("6f1f4f0e-3f0b-4c39-9a1b-0a6a6f4b7c02");
    private static final StreamId TERN = new StreamId("process.instance", "tern");
    private static final StreamId GULL = new StreamId("process.instance", "gull");
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00.123456Z");

    private EventStore store;
    private Deadlines deadlines;

    /** The two ports of one and the same store. */
    public record StoreAndDeadlines(EventStore store, Deadlines deadlines) {}

    /** A store with nothing in it. Called before every test. */
    protected abstract StoreAndDeadlines empty() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        var subject = empty();
        store = subject.store();
        deadlines = subject.deadlines();
    }

    @Test
    @Tag("C2.41")
    void P8_a_deadline_is_due_at_its_time_and_not_a_microsecond_before() throws Exception {
        var deadline = scheduled(TERN, 1, 0, TRIP, NOON);
        commit(deadline);

        assertThat(due(NOON.minusNanos(1_000))).isEmpty();
        assertThat(due(NOON)).containsExactly(deadline);
        assertThat(due(NOON.plus(Duration.ofDays(365)))).containsExactly(deadline);
    }

    @Test
    @Tag("C2.42")
    void P8_those_due_come_in_the_order_of_time_and_those_of_one_time_as_a_stream_scheduled_them() throws Exception {
        var third = scheduled(TERN, 1, 0, TRIP, NOON);
        var fourth = scheduled(TERN, 1, 1, TRIP, NOON);
        var fifth = scheduled(TERN, 2, 0, TRIP, NOON);
        var first = scheduled(TERN, 3, 0, TRIP, NOON.minusSeconds(2));
        var second = scheduled(GULL, 1, 0, TRIP, NOON.minusSeconds(1));
        commit(third, fourth);
        commit(fifth, first, second);

        assertThat(due(NOON)).containsExactly(first, second, third, fourth, fifth);
        assertThat(deadlines.due(NOON, Set.of(TRIP), 2)).containsExactly(first, second);
    }

    @Test
    void only_those_of_the_process_managers_that_run_are_due() throws Exception {
        var trip = scheduled(TERN, 1, 0, TRIP, NOON);
        var voyage = scheduled(GULL, 1, 0, VOYAGE, NOON);
        commit(trip, voyage);

        assertThat(deadlines.due(NOON, Set.of(VOYAGE), 10)).containsExactly(voyage);
        assertThat(deadlines.due(NOON, Set.of(), 10)).isEmpty();
    }

    @Test
    void P8_one_that_is_delivered_is_not_due_again_and_others_are() throws Exception {
        var one = scheduled(TERN, 1, 0, TRIP, NOON);
        var other = scheduled(TERN, 1, 1, TRIP, NOON);
        commit(one, other);

        deadlines.delivered(List.of(one));
        deadlines.delivered(List.of(one));
        deadlines.delivered(List.of());

        assertThat(due(NOON)).containsExactly(other);
    }

    @Test
    @Tag("C2.39")
    void P8_a_stream_that_drops_its_deadlines_drops_no_others() throws Exception {
        var gull = scheduled(GULL, 1, 0, TRIP, NOON);
        commit(scheduled(TERN, 1, 0, TRIP, NOON), gull, scheduled(TERN, 2, 0, TRIP, NOON.plusSeconds(1)));

        store.commit(new Commit(List.of(), List.of(Samples.accepted(null)), List.of(new Change.Drop(TERN))));

        assertThat(due(Instant.parse("9999-01-01T00:00:00Z"))).containsExactly(gull);
    }

    @Test
    void P8_one_that_is_scheduled_and_dropped_in_one_commit_is_dropped() throws Exception {
        store.commit(new Commit(
                List.of(),
                List.of(Samples.accepted(null)),
                List.of(new Change.Schedule(scheduled(TERN, 1, 0, TRIP, NOON)), new Change.Drop(TERN))));

        assertThat(due(NOON)).isEmpty();
    }

    @Test
    @Tag("C2.37")
    void P8_what_is_not_committed_schedules_and_drops_nothing() throws Exception {
        var kept = scheduled(GULL, 1, 0, TRIP, NOON);
        commit(kept);
        var lost = List.of(new Change.Schedule(scheduled(TERN, 1, 0, TRIP, NOON)), (Change) new Change.Drop(GULL));

        assertThatExceptionOfType(Conflict.class)
                .isThrownBy(() -> store.commit(new Commit(List.of(new Append(TERN, 7, List.of())), List.of(), lost)));

        assertThat(due(NOON)).containsExactly(kept);
    }

    private List<Scheduled> due(Instant now) {
        return deadlines.due(now, Set.of(TRIP), 10);
    }

    private void commit(Scheduled... those) throws Conflict {
        store.commit(new Commit(
                List.of(),
                List.of(Samples.accepted(null)),
                Stream.of(those)
                        .map(Change.Schedule::new)
                        .map(Change.class::cast)
                        .toList()));
    }

    private static Scheduled scheduled(StreamId stream, long version, int index, UUID process, Instant due) {
        return new Scheduled(stream, version, index, process, due, Lineage.begunBy(process));
    }
}
