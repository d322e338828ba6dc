package dev.quadrille.kernel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.quadrille.kernel.Ferry.Board;
import dev.quadrille.kernel.Ferry.BoardingOpened;
import dev.quadrille.kernel.Ferry.Leave;
import dev.quadrille.kernel.Ferry.OpenBoarding;
import dev.quadrille.kernel.Ferry.RegisterVehicle;
import dev.quadrille.kernel.Ferry.TurnAway;
import dev.quadrille.kernel.Ferry.VehicleBoarded;
import dev.quadrille.kernel.Ferry.VehicleLeft;
import dev.quadrille.kernel.Handler.Failed;
import dev.quadrille.kernel.Handler.Handled;
import dev.quadrille.testkit.HeldClock;
import dev.quadrille.testkit.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandHandlerTest {

    private static final Handled<CommandEnvelope> ALL_DONE = new Handled<>(List.of(), List.of());
    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final InMemoryStore store = new InMemoryStore();
    private final HeldClock clock = new HeldClock(Instant.parse("2026-06-01T12:00:00.123456789Z"));
    private final CommandHandler handler = handler(store);
    private int issued;

    @Nested
    class Effects {

        @Test
        @Tag("C2.16")
        @Tag("C2.26")
        void P2_a_repeated_command_has_one_effect_and_one_outcome() {
            var open = command(new OpenBoarding("tern", 2));
            handler.handle(List.of(open));
            var outcome = outcome(open);
            clock.advance(Duration.ofDays(1));

            assertThat(handler.handle(List.of(open))).isEqualTo(ALL_DONE);

            assertThat(events("tern")).containsExactly(new BoardingOpened("tern", 2));
            assertThat(outcome(open)).isEqualTo(outcome);
        }

        @Test
        void P2_a_repeated_rejection_is_recorded_once() {
            var board = command(new Board("tern", "van"));
            handler.handle(List.of(board));
            var outcome = outcome(board);

            assertThat(handler.handle(List.of(board, board))).isEqualTo(ALL_DONE);

            assertThat(store.read(rejectionOf(board))).hasSize(1);
            assertThat(outcome(board)).isEqualTo(outcome);
        }

        @Test
        void P2_a_command_twice_in_one_batch_has_one_effect() {
            given(new OpenBoarding("tern", 2), new RegisterVehicle("van"), new Board("tern", "van"));
            var leave = command(new Leave("tern", "van"));

            assertThat(handler.handle(List.of(leave, command(new Board("tern", "van")), leave)))
                    .isEqualTo(ALL_DONE);

            assertThat(events("tern"))
                    .endsWith(new VehicleLeft("tern", "van"), new VehicleBoarded("tern", "van"))
                    .hasSize(4);
        }

        @Test
        void an_accepted_command_tells_the_version_that_it_reached() {
            given(new RegisterVehicle("van"), new OpenBoarding("tern", 2));
            var board = command(new Board("tern", "van"));
            var again = command(new Board("tern", "van"));

            handler.handle(List.of(board, again));

            var reached = new StreamVersion(Ferry.crossing("tern"), 2);
            assertThat(outcome(board).verdict()).isEqualTo(new Outcome.Accepted(reached, 1));
            assertThat(outcome(again).verdict()).isEqualTo(new Outcome.Accepted(reached, 0));
        }

        @Test
        void a_rejection_is_a_fact_in_a_stream_of_its_own() {
            var board = command(new Board("tern", "van"));

            handler.handle(List.of(board));

            var why = new Rejection("VEHICLE_NOT_FOUND", "There is no vehicle van");
            assertThat(outcome(board).verdict())
                    .isEqualTo(new Outcome.Rejected(why, new StreamVersion(rejectionOf(board), 1)));
            assertThat(store.read(rejectionOf(board))).singleElement().satisfies(recorded -> {
                assertThat(recorded.version()).isEqualTo(1);
                assertThat(recorded.message().type()).isEqualTo("ferry.CommandRejected.v1");
                assertThat(Ferry.CODEC.decode(recorded.message()))
                        .isEqualTo(new CommandRejected(
                                board.id(),
                                "ferry.Board.v1",
                                Ferry.crossing("tern"),
                                why.reason(),
                                why.message(),
                                new Board("tern", "van")));
            });
            assertThat(rejectionOf(board)).hasToString("ferry.command/" + board.id());
            assertThat(events("tern")).isEmpty();
        }

        @Test
        void a_rejection_that_has_outlived_its_outcome_is_not_recorded_again() throws Conflict {
            var board = command(new Board("tern", "van"));
            handler.handle(List.of(board));
            var afterwards = new InMemoryStore();
            var rejection = new Append(rejectionOf(board), 0, store.read(rejectionOf(board)));
            afterwards.commit(new Commit(List.of(rejection), List.of()));

            assertThat(handler(afterwards).handle(List.of(board))).isEqualTo(ALL_DONE);

            assertThat(afterwards.read(rejectionOf(board))).isEqualTo(rejection.events());
            assertThat(afterwards.find(Set.of(board.id()))).containsValue(outcome(board));
        }

        @Test
        @Tag("C2.13")
        void events_belong_to_what_began_it_all_and_are_caused_by_their_command() {
            var open = command(new OpenBoarding("tern", 2));

            handler.handle(List.of(open));

            assertThat(store.read(Ferry.crossing("tern"))).singleElement().satisfies(event -> {
                assertThat(event.lineage())
                        .isEqualTo(new Lineage(open.lineage().correlationId(), open.id(), TRACEPARENT));
                assertThat(event.id()).isEqualTo(DerivedId.of(open.id(), event.stream(), 1));
                assertThat(event.recordedAt()).isEqualTo("2026-06-01T12:00:00.123456Z");
            });
            assertThat(outcome(open).decidedAt()).isEqualTo("2026-06-01T12:00:00.123456Z");
        }
    }

    @Nested
    class Request_ids {

        private final UUID request = new UUID(7, 7);

        @Test
        @Tag("C2.17")
        void P2_a_second_body_under_one_request_id_is_rejected_under_its_own_command_id() {
            var first = requested(request, new OpenBoarding("tern", 2));
            var second = requested(request, new OpenBoarding("gull", 3));
            handler.handle(List.of(first));

            handler.handle(List.of(second));

            assertReused(first, second);
        }

        @Test
        void P2_so_it_is_in_one_batch() {
            var first = requested(request, new OpenBoarding("tern", 2));
            var second = requested(request, new OpenBoarding("gull", 3));

            assertThat(handler.handle(List.of(first, second, first, second))).isEqualTo(ALL_DONE);

            assertReused(first, second);
        }

        @Test
        void P2_so_it_is_when_both_are_handled_at_the_same_time() {
            var first = requested(request, new OpenBoarding("tern", 2));
            var second = requested(request, new OpenBoarding("gull", 3));
            var racing = new Racing(() -> handler.handle(List.of(first)));

            assertThat(handler(racing).handle(List.of(second))).isEqualTo(ALL_DONE);

            assertReused(first, second);
        }

        @Test
        void a_rejected_request_holds_its_id_too() {
            var first = requested(request, new Board("tern", "van"));
            var second = requested(request, new OpenBoarding("gull", 3));

            handler.handle(List.of(first, second));

            assertThat(reasonOf(first)).isEqualTo("VEHICLE_NOT_FOUND");
            assertReused(first, second);
        }

        private void assertReused(CommandEnvelope first, CommandEnvelope second) {
            assertThat(store.holders(List.of(request))).containsOnly(Map.entry(request, first.id()));
            assertThat(reasonOf(second)).isEqualTo(CommandHandler.REQUEST_ID_REUSED);
            assertThat(outcome(second).requestId()).isNull();
            assertThat(events("gull")).isEmpty();
            assertThat(store.read(rejectionOf(second))).hasSize(1);
        }
    }

    @Nested
    class Races {

        @Test
        @Tag("C2.27")
        void P3_whoever_loses_a_race_decides_again_on_the_new_state() {
            given(new RegisterVehicle("van"), new RegisterVehicle("bus"), new OpenBoarding("tern", 1));
            var bus = command(new Board("tern", "bus"));
            var racing = new Racing(() -> given(new Board("tern", "van")));

            assertThat(handler(racing).handle(List.of(bus))).isEqualTo(ALL_DONE);

            assertThat(reasonOf(bus)).isEqualTo("DECK_FULL");
            assertThat(events("tern")).endsWith(new VehicleBoarded("tern", "van"));
        }

        @Test
        void P3_a_rejection_stands_only_on_the_version_that_it_was_decided_on() {
            given(new RegisterVehicle("van"));
            var board = command(new Board("tern", "van"));
            var racing = new Racing(() -> given(new OpenBoarding("tern", 1)));

            handler(racing).handle(List.of(board));

            assertThat(outcome(board).verdict()).isInstanceOf(Outcome.Accepted.class);
            assertThat(events("tern")).endsWith(new VehicleBoarded("tern", "van"));
            assertThat(store.read(rejectionOf(board))).isEmpty();
        }

        @Test
        void P3_that_nothing_is_to_be_done_stands_only_on_the_version_that_it_was_decided_on() {
            given(new RegisterVehicle("van"), new OpenBoarding("tern", 1));
            var leave = command(new Leave("tern", "van"));
            var racing = new Racing(() -> given(new Board("tern", "van")));

            handler(racing).handle(List.of(leave));

            assertThat(events("tern")).endsWith(new VehicleBoarded("tern", "van"), new VehicleLeft("tern", "van"));
        }

        @Test
        @Tag("C2.26")
        @Tag("C2.66")
        void P2_one_command_handled_at_two_places_has_one_effect() {
            var open = command(new OpenBoarding("tern", 1));
            var racing = new Racing(() -> handler.handle(List.of(open)));

            assertThat(handler(racing).handle(List.of(open))).isEqualTo(ALL_DONE);

            assertThat(events("tern")).hasSize(1);
        }

        @Test
        void P3_a_stream_that_never_rests_is_held_and_the_others_go_on() {
            given(new RegisterVehicle("van"), new OpenBoarding("tern", 1));
            var one = command(new Board("tern", "van"));
            var elsewhere = command(new OpenBoarding("gull", 1));
            var two = command(new Leave("tern", "van"));
            var busy = new Racing(() -> given(new Board("tern", "van")), () -> given(new Leave("tern", "van")));

            var handled = handler(busy.forever()).handle(List.of(one, elsewhere, two));

            assertThat(handled).isEqualTo(new Handled<>(List.of(one, two), List.of()));
            assertThat(busy.commits()).isEqualTo(CommandHandler.ATTEMPTS + 1);
            assertThat(store.find(Set.of(one.id(), two.id()))).isEmpty();
            assertThat(events("gull")).hasSize(1);
        }

        @Test
        void P3_what_was_held_is_handled_when_it_comes_again() {
            given(new RegisterVehicle("van"), new OpenBoarding("tern", 1));
            var board = command(new Board("tern", "van"));
            var busy = new Racing(() -> given(new Board("tern", "van")), () -> given(new Leave("tern", "van")));
            var held = handler(busy.forever()).handle(List.of(board)).held();

            assertThat(handler.handle(held)).isEqualTo(ALL_DONE);

            assertThat(outcome(board).verdict()).isInstanceOf(Outcome.Accepted.class);
        }
    }

    @Nested
    class Batches {

        @ParameterizedTest
        @Tag("C2.24")
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
        void a_batch_has_the_result_of_handling_its_commands_one_by_one(long seed) {
            var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            var workload = workload(random);
            var oneByOne = new InMemoryStore();
            workload.forEach(command ->
                    assertThat(handler(oneByOne).handle(List.of(command))).isEqualTo(ALL_DONE));

            for (var from = 0; from < workload.size(); ) {
                var to = Math.min(workload.size(), from + random.nextInt(1, 30));
                assertThat(handler.handle(workload.subList(from, to))).isEqualTo(ALL_DONE);
                from = to;
            }

            for (var command : workload) {
                assertThat(outcome(command))
                        .isEqualTo(oneByOne.find(Set.of(command.id())).get(command.id()));
                assertThat(store.read(command.stream())).isEqualTo(oneByOne.read(command.stream()));
                assertThat(store.read(rejectionOf(command))).isEqualTo(oneByOne.read(rejectionOf(command)));
            }
        }

        private List<CommandEnvelope> workload(RandomGenerator random) {
            var crossings = List.of("tern", "gull");
            var vehicles = List.of("van", "bus", "bike");
            var workload = new ArrayList<CommandEnvelope>();
            for (var i = 0; i < 200; i++) {
                var crossing = crossings.get(random.nextInt(crossings.size()));
                var vehicle = vehicles.get(random.nextInt(vehicles.size()));
                var request = new UUID(9, random.nextInt(150));
                workload.add(
                        switch (random.nextInt(8)) {
                            case 0 -> requested(request, new OpenBoarding(crossing, 2));
                            case 1 -> requested(request, new RegisterVehicle(vehicle));
                            case 2, 3 -> requested(request, new Board(crossing, vehicle));
                            case 4, 5 -> command(new Leave(crossing, vehicle));
                            case 6 -> command(new TurnAway(vehicle, crossing));
                            default ->
                                workload.isEmpty()
                                        ? command(new RegisterVehicle(vehicle))
                                        : workload.get(random.nextInt(workload.size()));
                        });
            }
            return workload;
        }

        @Test
        void an_empty_batch_is_nothing_to_do() {
            assertThat(handler.handle(List.of())).isEqualTo(ALL_DONE);
        }
    }

    @Nested
    class Failures {

        @ParameterizedTest
        @ValueSource(strings = {Ferry.GHOST, Ferry.PHANTOM})
        void P6_our_own_bug_fails_its_command_and_holds_what_stands_behind_it(String vehicle) {
            var before = command(new OpenBoarding("tern", 1));
            var failing = command(new Board("tern", vehicle));
            var behind = command(new Leave("tern", "van"));
            var elsewhere = command(new OpenBoarding("gull", 1));

            var handled = handler.handle(List.of(before, failing, behind, elsewhere));

            assertThat(handled.failed()).singleElement().satisfies(failed -> {
                assertThat(failed.message()).isEqualTo(failing);
                assertThat(failed.reason()).isInstanceOf(IllegalStateException.class);
            });
            assertThat(handled.held()).containsExactly(behind);
            assertThat(store.find(Set.of(failing.id(), behind.id()))).isEmpty();
            assertThat(events("tern")).containsExactly(new BoardingOpened("tern", 1));
            assertThat(events("gull")).containsExactly(new BoardingOpened("gull", 1));
        }

        @Test
        void P6_what_makes_no_sense_fails_alone() {
            var open = new OpenBoarding("tern", 1);
            var unknownType = command(Ferry.crossing("a"), new Message("ferry.Sink.v1", "{}"));
            var unreadable = command(Ferry.crossing("b"), new Message("ferry.OpenBoarding.v1", "{"));
            var noCommand = command(Ferry.crossing("c"), Ferry.CODEC.encode(new BoardingOpened("c", 1)));
            var misdirected = command(Ferry.crossing("d"), Ferry.CODEC.encode(open));
            var otherAggregate = command(Ferry.vehicle("tern"), Ferry.CODEC.encode(open));
            var notHosted = command(new StreamId("hotel.stay", "tern"), Ferry.CODEC.encode(open));
            var nonsense = List.of(unknownType, unreadable, noCommand, misdirected, otherAggregate, notHosted);
            var batch = new ArrayList<>(nonsense);
            batch.add(command(open));

            var handled = handler.handle(batch);

            assertThat(handled.held()).isEmpty();
            assertThat(handled.failed()).extracting(Failed::message).containsExactlyElementsOf(nonsense);
            assertThat(handled.failed())
                    .allSatisfy(failed -> assertThat(failed.reason()).isInstanceOf(UnreadableMessage.class));
            assertThat(events("tern")).containsExactly(new BoardingOpened("tern", 1));
        }

        @Test
        void P6_a_discarded_command_is_rejected_once_and_announced() {
            var failing = command(new Board("tern", Ferry.GHOST));
            handler.handle(List.of(failing));

            handler.discard(failing, "the ghost has gone");
            handler.discard(failing, "again");
            assertThat(handler.handle(List.of(failing))).isEqualTo(ALL_DONE);

            var why = new Rejection("DISCARDED", "the ghost has gone");
            assertThat(outcome(failing).verdict())
                    .isEqualTo(new Outcome.Rejected(why, new StreamVersion(rejectionOf(failing), 1)));
            assertThat(store.read(rejectionOf(failing))).hasSize(1);
            assertThat(rejected(failing).command()).isEqualTo(new Board("tern", Ferry.GHOST));
        }

        @Test
        void P6_a_command_is_discarded_that_nobody_can_read() {
            var unknownType = command(Ferry.crossing("a"), new Message("ferry.Sink.v1", "{}"));
            var notHosted =
                    command(new StreamId("hotel.stay", "tern"), Ferry.CODEC.encode(new OpenBoarding("tern", 1)));

            handler.discard(unknownType, "a typing error");
            handler.discard(notHosted, "sent to the wrong house");

            assertThat(rejected(unknownType).commandType()).isEqualTo("ferry.Sink.v1");
            assertThat(rejected(unknownType).command()).isNull();
            assertThat(outcome(notHosted).verdict()).isInstanceOf(Outcome.Rejected.class);
        }

        @Test
        void P6_a_command_that_has_an_outcome_keeps_it_when_it_is_discarded() {
            var open = command(new OpenBoarding("tern", 1));
            handler.handle(List.of(open));

            handler.discard(open, "too late");

            assertThat(outcome(open).verdict()).isInstanceOf(Outcome.Accepted.class);
            assertThat(store.read(rejectionOf(open))).isEmpty();
        }

        @Test
        void P6_a_corrupt_stream_fails_its_own_commands_only() throws Conflict {
            var corrupt = command(new Leave("tern", "van"));
            var event = new EventEnvelope(
                    new UUID(3, 3),
                    corrupt.stream(),
                    1,
                    clock.instant(),
                    corrupt.lineage(),
                    new Message("ferry.VehicleBoarded.v1", "{}"));
            store.commit(new Commit(List.of(new Append(corrupt.stream(), 0, List.of(event))), List.of()));

            var handled = handler.handle(List.of(corrupt, command(new OpenBoarding("gull", 1))));

            assertThat(handled.failed()).extracting(Failed::message).containsExactly(corrupt);
            assertThat(events("gull")).hasSize(1);
        }

        @Test
        void while_the_store_is_away_nothing_is_finished() {
            var away = new Racing(() -> {
                throw new Unavailable("The database is away", null);
            });
            var open = command(new OpenBoarding("tern", 1));

            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(() -> handler(away).handle(List.of(open)));

            assertThat(store.find(Set.of(open.id()))).isEmpty();
        }

        @Test
        void two_aggregates_of_one_category_are_refused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new CommandHandler(
                            store, store, Ferry.CODEC, List.of(Ferry.VEHICLE, Ferry.CROSSING, Ferry.VEHICLE), clock))
                    .withMessageContaining("'ferry.vehicle'");
        }
    }

    private CommandHandler handler(InMemoryStore everything) {
        return handler(everything, everything);
    }

    private CommandHandler handler(Racing racing) {
        return handler(racing, store);
    }

    private CommandHandler handler(EventStore events, Outcomes outcomes) {
        return new CommandHandler(events, outcomes, Ferry.CODEC, List.of(Ferry.VEHICLE, Ferry.CROSSING), clock);
    }

    private void given(Command... commands) {
        for (var command : commands) {
            assertThat(handler.handle(List.of(command(command)))).isEqualTo(ALL_DONE);
        }
    }

    private CommandEnvelope command(Command command) {
        return requested(null, command);
    }

    private CommandEnvelope requested(@Nullable UUID request, Command command) {
        return command(request, command.stream(), Ferry.CODEC.encode(command));
    }

    private CommandEnvelope command(StreamId stream, Message message) {
        return command(null, stream, message);
    }

    private CommandEnvelope command(@Nullable UUID request, StreamId stream, Message message) {
        var id = new UUID(1, ++issued);
        return new CommandEnvelope(
                id, request, stream, clock.instant(), new Lineage(new UUID(2, issued), id, TRACEPARENT), message);
    }

    private List<Object> events(String crossing) {
        return store.read(Ferry.crossing(crossing)).stream()
                .map(event -> Ferry.CODEC.decode(event.message()))
                .toList();
    }

    private Outcome outcome(CommandEnvelope command) {
        return requireNonNull(store.find(Set.of(command.id())).get(command.id()), "No outcome");
    }

    private String reasonOf(CommandEnvelope command) {
        return ((Outcome.Rejected) outcome(command).verdict()).rejection().reason();
    }

    private CommandRejected rejected(CommandEnvelope command) {
        return (CommandRejected)
                Ferry.CODEC.decode(store.read(rejectionOf(command)).getFirst().message());
    }

    private static StreamId rejectionOf(CommandEnvelope command) {
        return CommandRejected.streamOf("ferry", command.id());
    }

    /** The store, with competitors that get in between reading and committing: each once, or in turn for ever. */
    private final class Racing implements EventStore {

        private final Deque<Runnable> competitors;
        private boolean forever;
        private int commits;

        private Racing(Runnable... competitors) {
            this.competitors = new ArrayDeque<>(List.of(competitors));
        }

        private Racing forever() {
            forever = true;
            return this;
        }

        private int commits() {
            return commits;
        }

        @Override
        public Map<StreamId, List<EventEnvelope>> read(Map<StreamId, Long> after) {
            return store.read(after);
        }

        @Override
        public Map<EventRef, EventEnvelope> stored(Set<EventRef> events) {
            return store.stored(events);
        }

        @Override
        public Set<StreamId> existing(Set<StreamId> streams) {
            return store.existing(streams);
        }

        @Override
        public void commit(Commit commit) throws Conflict {
            commits++;
            var competitor = competitors.poll();
            if (competitor != null) {
                competitor.run();
                if (forever) {
                    competitors.add(competitor);
                }
            }
            store.commit(commit);
        }
    }
}
