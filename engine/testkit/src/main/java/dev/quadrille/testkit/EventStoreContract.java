package dev.quadrille.testkit;

import static dev.quadrille.testkit.Samples.accepted;
import static dev.quadrille.testkit.Samples.append;
import static dev.quadrille.testkit.Samples.commit;
import static dev.quadrille.testkit.Samples.rejected;
import static dev.quadrille.testkit.Samples.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quadrille.kernel.Append;
import dev.quadrille.kernel.Commit;
import dev.quadrille.kernel.Conflict;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.EventRef;
import dev.quadrille.kernel.EventStore;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.Outcomes;
import dev.quadrille.kernel.StreamId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link EventStore} and the {@link Outcomes} beside it promise. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class EventStoreContract {

    private static final StreamId TERN = stream("tern");
    private static final StreamId GULL = stream("gull");

    private EventStore store;
    private Outcomes outcomes;

    /** The two ports of one and the same store. */
    public record StoreAndOutcomes(EventStore store, Outcomes outcomes) {}

    /** A store with nothing in it. Called before every test. */
    protected abstract StoreAndOutcomes empty() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        var subject = empty();
        store = subject.store();
        outcomes = subject.outcomes();
    }

    @Nested
    class Reading {

        @Test
        void a_stream_that_never_began_is_empty() {
            assertThat(store.read(TERN)).isEmpty();
            assertThat(store.read(Map.of(TERN, 0L, GULL, 5L)))
                    .containsOnly(Map.entry(TERN, List.of()), Map.entry(GULL, List.of()));
        }

        @Test
        void no_streams_are_no_work() {
            assertThat(store.read(Map.of())).isEmpty();
            assertThat(store.existing(Set.of())).isEmpty();
            assertThat(store.stored(Set.of())).isEmpty();
        }

        @Test
        void events_are_found_by_their_ids_where_they_stand() throws Exception {
            var tern = append(TERN, 0, 3);
            var gull = append(GULL, 0, 2);
            store.commit(commit(tern, gull));
            var second = tern.events().get(1);
            var first = gull.events().getFirst();

            assertThat(store.stored(Set.of(second.ref(), first.ref())))
                    .containsOnly(Map.entry(second.ref(), second), Map.entry(first.ref(), first));
        }

        @Test
        void an_event_is_not_found_under_another_id_or_in_another_place() throws Exception {
            var tern = append(TERN, 0, 2);
            store.commit(commit(tern));
            var event = tern.events().getFirst();

            assertThat(store.stored(Set.of(
                            new EventRef(UUID.randomUUID(), TERN, 1),
                            new EventRef(event.id(), TERN, 2),
                            new EventRef(event.id(), TERN, 3),
                            new EventRef(event.id(), GULL, 1))))
                    .isEmpty();
        }

        @Test
        @Tag("C2.24")
        @Tag("C2.65")
        void events_come_back_as_they_were_written_in_version_order() throws Exception {
            var first = append(TERN, 0, 2);
            var later = append(TERN, 2, 3);
            store.commit(commit(first));
            store.commit(commit(later));

            assertThat(store.read(TERN)).isEqualTo(events(first, later));
        }

        @Test
        void several_streams_are_read_at_once_each_behind_its_own_version() throws Exception {
            var tern = append(TERN, 0, 3);
            var gull = append(GULL, 0, 3);
            store.commit(commit(tern, gull, append(stream("not asked for"), 0, 3)));

            assertThat(store.read(Map.of(TERN, 0L, GULL, 2L, stream("never began"), 0L)))
                    .containsOnly(
                            Map.entry(TERN, tern.events()),
                            Map.entry(GULL, gull.events().subList(2, 3)),
                            Map.entry(stream("never began"), List.of()));
            assertThat(store.read(Map.of(TERN, 3L, GULL, 99L)))
                    .containsOnly(Map.entry(TERN, List.of()), Map.entry(GULL, List.of()));
        }

        @Test
        @Tag("C2.23")
        void those_streams_exist_that_have_begun() throws Exception {
            store.commit(commit(append(TERN, 0, 2), append(GULL, 0, 0)));

            assertThat(store.existing(Set.of(TERN, GULL, stream("never began"))))
                    .containsExactly(TERN);
        }

        @Test
        void streams_differ_in_case_and_category() throws Exception {
            store.commit(commit(append(TERN, 0, 1)));

            assertThat(store.existing(Set.of(stream("TERN"), new StreamId("ferry.convoy", "tern"))))
                    .isEmpty();
        }
    }

    @Nested
    class Committing {

        @Test
        void nothing_to_commit_does_nothing() throws Exception {
            store.commit(new Commit(List.of(), List.of()));

            assertThat(store.read(TERN)).isEmpty();
        }

        @Test
        void a_stale_version_is_a_conflict_that_names_the_stream() throws Exception {
            var first = append(TERN, 0, 1);
            store.commit(commit(first));

            assertThatExceptionOfType(Conflict.class)
                    .isThrownBy(() -> store.commit(commit(append(GULL, 0, 1), append(TERN, 0, 1))))
                    .satisfies(conflict -> assertThat(conflict.stream()).hasValue(TERN));
            assertThat(store.read(TERN)).isEqualTo(first.events());
        }

        @Test
        void a_version_ahead_of_the_stream_is_a_conflict_so_no_gap_arises() throws Exception {
            store.commit(commit(append(TERN, 0, 1)));

            assertConflict(commit(append(TERN, 2, 1)));
            assertConflict(commit(append(GULL, 1, 1)));

            assertThat(store.read(TERN)).hasSize(1);
            assertThat(store.read(GULL)).isEmpty();
        }

        @Test
        void an_append_without_events_compares_the_version_and_no_more() throws Exception {
            var first = append(TERN, 0, 2);
            store.commit(commit(first));

            store.commit(commit(append(TERN, 2, 0), append(GULL, 0, 0)));
            assertConflict(commit(append(TERN, 1, 0)));
            assertConflict(commit(append(TERN, 3, 0)));
            assertConflict(commit(append(GULL, 1, 0)));

            assertThat(store.read(TERN)).isEqualTo(first.events());
        }

        @Test
        @Tag("C2.26")
        void a_conflict_on_one_stream_writes_nothing_at_all() throws Exception {
            store.commit(commit(append(TERN, 0, 1)));
            var outcome = accepted(UUID.randomUUID());

            assertConflict(new Commit(List.of(append(GULL, 0, 2), append(TERN, 0, 0)), List.of(outcome)));

            assertThat(store.read(GULL)).isEmpty();
            assertNotRecorded(outcome);
        }

        @Test
        void a_commit_that_lost_can_be_made_again() throws Exception {
            store.commit(commit(append(TERN, 0, 1)));
            var outcome = accepted(UUID.randomUUID());
            assertConflict(new Commit(List.of(append(TERN, 0, 1)), List.of(outcome)));

            store.commit(new Commit(List.of(append(TERN, 1, 1)), List.of(outcome)));

            assertThat(store.read(TERN)).hasSize(2);
            assertThat(outcomes.find(Set.of(outcome.commandId()))).containsValue(outcome);
        }

        @Test
        @Tag("C2.66")
        @Tag("C2.27")
        void a_large_batch_is_one_commit() throws Exception {
            var appends = Stream.iterate(0, i -> i + 1)
                    .limit(50)
                    .map(i -> append(stream("crossing " + i), 0, 100))
                    .toList();
            var decided = Stream.generate(() -> accepted(UUID.randomUUID()))
                    .limit(5_000)
                    .toList();

            store.commit(new Commit(appends, decided));

            for (var append : appends) {
                assertThat(store.read(append.stream())).isEqualTo(append.events());
            }
            assertThat(outcomes.find(decided.stream().map(Outcome::commandId).toList()))
                    .hasSize(5_000);
        }

        @RepeatedTest(20)
        void of_those_who_append_to_one_version_exactly_one_wins() throws Exception {
            store.commit(commit(append(TERN, 0, 1)));

            var won = Collision.of(
                    8,
                    i -> () -> wins(new Commit(
                            List.of(append(stream("contender " + i), 0, 1), append(TERN, 1, 2)),
                            List.of(accepted(null)))));

            assertThat(won).containsOnlyOnce(true);
            assertThat(store.read(TERN)).extracting(EventEnvelope::version).containsExactly(1L, 2L, 3L);
            for (var i = 0; i < 8; i++) {
                assertThat(store.read(stream("contender " + i))).hasSize(won.get(i) ? 1 : 0);
            }
        }

        @RepeatedTest(20)
        void batches_over_the_same_streams_in_any_order_collide_without_harm() throws Exception {
            var won = Collision.of(
                    4,
                    i -> () -> wins(
                            i % 2 == 0
                                    ? commit(append(TERN, 0, 2), append(GULL, 0, 2))
                                    : commit(append(GULL, 0, 2), append(TERN, 0, 2))));

            assertThat(won).containsOnlyOnce(true);
            assertThat(store.read(TERN)).hasSize(2);
            assertThat(store.read(GULL)).hasSize(2);
        }
    }

    @Nested
    class RecordingOutcomes {

        @Test
        void every_field_of_an_outcome_is_found() throws Exception {
            var accepted = accepted(UUID.randomUUID());
            var rejected = rejected(UUID.randomUUID());
            var withoutRequest = rejected(null);
            var recorded = List.of(accepted, rejected, withoutRequest);
            store.commit(new Commit(List.of(), recorded));

            assertThat(outcomes.find(recorded.stream().map(Outcome::commandId).toList()))
                    .containsOnly(
                            Map.entry(accepted.commandId(), accepted),
                            Map.entry(rejected.commandId(), rejected),
                            Map.entry(withoutRequest.commandId(), withoutRequest));
        }

        @Test
        void only_what_is_asked_for_is_found() throws Exception {
            var outcome = accepted(UUID.randomUUID());
            store.commit(commit(outcome, accepted(UUID.randomUUID())));

            assertThat(outcomes.find(List.of(outcome.commandId(), UUID.randomUUID())))
                    .containsOnlyKeys(outcome.commandId());
            assertThat(outcomes.find(List.of())).isEmpty();
            assertThat(outcomes.holders(List.of())).isEmpty();
        }

        @Test
        void a_request_id_is_held_by_the_command_whose_outcome_has_it() throws Exception {
            var request = UUID.randomUUID();
            var outcome = rejected(request);
            store.commit(commit(outcome, accepted(null)));

            assertThat(outcomes.holders(List.of(request, UUID.randomUUID())))
                    .containsOnly(Map.entry(request, outcome.commandId()));
        }

        @Test
        void any_number_of_outcomes_hold_no_request_id() throws Exception {
            store.commit(commit(accepted(null), accepted(null)));
            store.commit(commit(rejected(null)));
        }

        @Test
        void P2_a_command_has_one_outcome_and_the_second_writes_nothing() throws Exception {
            var first = accepted(UUID.randomUUID());
            store.commit(commit(first));
            var second = new Outcome(
                    first.commandId(),
                    UUID.randomUUID(),
                    first.type(),
                    first.correlationId(),
                    first.decidedAt(),
                    rejected(null).verdict());

            assertConflict(new Commit(List.of(append(TERN, 0, 1)), List.of(accepted(null), second)));

            assertThat(store.read(TERN)).isEmpty();
            assertThat(outcomes.find(Set.of(first.commandId()))).containsValue(first);
            assertThat(outcomes.holders(List.of(second.requestId()))).isEmpty();
        }

        @Test
        void P2_a_request_id_is_held_once_and_the_second_writes_nothing() throws Exception {
            var first = accepted(UUID.randomUUID());
            store.commit(commit(first));
            var second = accepted(first.requestId());

            assertConflict(new Commit(List.of(append(TERN, 0, 1)), List.of(second)));

            assertThat(store.read(TERN)).isEmpty();
            assertNotRecorded(second);
            assertThat(outcomes.holders(List.of(first.requestId()))).containsValue(first.commandId());
        }

        @Test
        void P2_one_commit_cannot_settle_a_command_or_a_request_twice() throws Exception {
            var outcome = accepted(UUID.randomUUID());
            var other = accepted(outcome.requestId());

            assertConflict(commit(outcome, outcome));
            assertConflict(commit(outcome, other));

            assertNotRecorded(outcome);
            assertNotRecorded(other);
        }

        @RepeatedTest(20)
        void P2_of_those_who_settle_one_request_exactly_one_wins() throws Exception {
            var one = UUID.randomUUID();
            var other = UUID.randomUUID();

            var won = Collision.of(
                    8,
                    i -> () -> wins(
                            i % 2 == 0
                                    ? commit(accepted(one), accepted(other))
                                    : commit(accepted(other), accepted(one))));

            assertThat(won).containsOnlyOnce(true);
        }
    }

    private boolean wins(Commit commit) {
        try {
            store.commit(commit);
            return true;
        } catch (Conflict lost) {
            return false;
        }
    }

    private void assertConflict(Commit commit) {
        assertThatExceptionOfType(Conflict.class).isThrownBy(() -> store.commit(commit));
    }

    private void assertNotRecorded(Outcome outcome) {
        assertThat(outcomes.find(Set.of(outcome.commandId()))).isEmpty();
    }

    private static List<EventEnvelope> events(Append... appends) {
        return Stream.of(appends).map(Append::events).flatMap(List::stream).toList();
    }
}
