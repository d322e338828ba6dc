package dev.quadrille.kernel.process;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Append;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.CommandHandler;
import dev.quadrille.kernel.Commit;
import dev.quadrille.kernel.Conflict;
import dev.quadrille.kernel.Decider;
import dev.quadrille.kernel.Decision;
import dev.quadrille.kernel.DerivedId;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Ferry;
import dev.quadrille.kernel.Ferry.Board;
import dev.quadrille.kernel.Ferry.Leave;
import dev.quadrille.kernel.Ferry.OpenBoarding;
import dev.quadrille.kernel.Ferry.RegisterVehicle;
import dev.quadrille.kernel.Ferry.TurnAway;
import dev.quadrille.kernel.Ferry.VehicleBoarded;
import dev.quadrille.kernel.Ferry.VehicleLeft;
import dev.quadrille.kernel.Ferry.VehicleRegistered;
import dev.quadrille.kernel.Handler.Failed;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.Outcome.Accepted;
import dev.quadrille.kernel.Outcome.Rejected;
import dev.quadrille.kernel.Policies;
import dev.quadrille.kernel.Policy;
import dev.quadrille.kernel.Rejection;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.process.Effect.End;
import dev.quadrille.kernel.process.Effect.Execute;
import dev.quadrille.kernel.process.Effect.Schedule;
import dev.quadrille.kernel.process.Input.DeadlineReached;
import dev.quadrille.kernel.process.Input.Happened;
import dev.quadrille.kernel.process.ProcessCommand.AcknowledgeProcessFailure;
import dev.quadrille.kernel.process.ProcessCommand.ReachDeadline;
import dev.quadrille.kernel.process.ProcessCommand.RetryNow;
import dev.quadrille.kernel.process.Trip.Departure;
import dev.quadrille.kernel.process.Trip.Overdue;
import dev.quadrille.testkit.HeldClock;
import dev.quadrille.testkit.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProcessesTest {

    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
    private static final String VAN = "van";

    private final InMemoryStore store = new InMemoryStore();
    private final HeldClock clock = new HeldClock(START);
    private final List<CommandEnvelope> sent = new ArrayList<>();
    private final List<EventEnvelope> ignored = new ArrayList<>();
    private final List<Failed<CommandEnvelope>> failed = new ArrayList<>();
    private Processes processes = new Processes(List.of(new Trip()), Set.of());
    private long position;
    private int handled;
    private int issued;

    @Nested
    class Steps {

        @Test
        @Tag("C2.48")
        void C2_37_one_step_holds_an_input_and_all_that_follows_from_it() {
            send(new RegisterVehicle(VAN));

            assertThat(steps(VAN).getFirst())
                    .isEqualTo(new ProcessStepTaken(
                            Trip.of(VAN),
                            Trip.KEY,
                            "trip",
                            Happened.referringTo(registered(VAN).ref(), "ferry.VehicleRegistered.v1"),
                            List.of(new Board("tern", VAN)),
                            List.of(Schedule.after(Trip.PATIENCE, new Overdue(VAN))),
                            false,
                            Status.of("Boarding", "ferry.vehicle/van").waiting("a place on tern")));
        }

        @Test
        void C2_13_a_step_and_its_commands_have_the_lineage_of_what_began_it_all() {
            var register = send(new RegisterVehicle(VAN));

            var step = store.read(Trip.of(VAN).stream()).getFirst();
            var board = sent.stream()
                    .filter(it -> decoded(it) instanceof Board)
                    .findFirst()
                    .orElseThrow();
            assertThat(step.lineage().correlationId()).isEqualTo(register);
            assertThat(board.lineage()).isEqualTo(step.lineage().causedBy(step.id()));
            assertThat(board.id()).isEqualTo(ProcessStepTaken.commandId(step.id(), 0));
        }

        @Test
        void what_follows_from_a_person_s_wish_has_the_lineage_of_what_began_the_process() {
            var register = send(new RegisterVehicle(VAN));

            var acknowledge = send(new AcknowledgeProcessFailure(Trip.of(VAN)));

            var last = store.read(Trip.of(VAN).stream()).getLast();
            assertThat(last.lineage().correlationId()).isEqualTo(register);
            assertThat(last.lineage().causationId()).isEqualTo(acknowledge);
            assertThat(sent.getLast().lineage()).isEqualTo(last.lineage().causedBy(last.id()));
        }

        @Test
        void P5_C2_16_whatever_is_delivered_again_changes_nothing() {
            send(new OpenBoarding("tern", 1));
            send(new RegisterVehicle(VAN));
            var before = store.after(0, 1_000);

            position = 0;
            settle();
            handler().handle(List.copyOf(sent));
            settle();

            assertThat(store.after(0, 1_000)).isEqualTo(before);
        }

        @Test
        void C2_36_its_state_is_the_fold_of_the_events_that_its_stream_refers_to() {
            send(new OpenBoarding("tern", 1));
            send(new RegisterVehicle(VAN));

            assertThat(steps(VAN))
                    .extracting(ProcessStepTaken::input)
                    .satisfiesExactly(
                            input -> assertThat(input).isInstanceOf(Happened.class),
                            input -> assertThat(input)
                                    .isEqualTo(Happened.referringTo(
                                            store.read(Ferry.crossing("tern"))
                                                    .get(1)
                                                    .ref(),
                                            "ferry.VehicleBoarded.v1")));
            assertThat(status(VAN).state()).isEqualTo("Aboard");
        }

        @Test
        void C2_35_an_event_to_which_it_does_and_answers_nothing_does_not_begin_an_instance() {
            append(Ferry.crossing("tern"), new VehicleLeft("tern", VAN));
            settle();

            assertThat(steps(VAN)).isEmpty();
            assertThat(sent).hasSize(1);
        }

        @Test
        void C2_33_an_event_that_is_none_of_its_business_does_not_reach_it() {
            send(new RegisterVehicle(VAN));
            var told = sent.size();

            send(new Leave("gull", VAN));

            assertThat(sent.subList(told, sent.size()))
                    .extracting(ProcessesTest.this::decoded)
                    .noneMatch(ProcessCommand.class::isInstance);
        }

        @Test
        void an_event_that_is_not_in_the_store_is_ignored_and_told() {
            var published = new EventEnvelope(
                    UUID.randomUUID(),
                    Ferry.vehicle(VAN),
                    1,
                    START,
                    Lineage.begunBy(UUID.randomUUID()),
                    Trip.CODEC.encode(new VehicleRegistered(VAN)));

            assertThat(router().handle(List.of(published)).failed()).isEmpty();

            assertThat(sent).isEmpty();
            assertThat(ignored).containsExactly(published);
        }

        @Test
        void P6_C2_49_a_process_that_fails_stops_only_itself() {
            send(new RegisterVehicle(Trip.WRECK));
            send(new RegisterVehicle(VAN));

            assertThat(failed).singleElement().satisfies(fault -> {
                assertThat(fault.message().stream()).isEqualTo(Trip.of(Trip.WRECK).stream());
                assertThat(fault.reason()).hasMessage("wrecked");
            });
            assertThat(status(VAN).state()).isEqualTo("TurnedDown");
        }
    }

    @Nested
    class Ends {

        @Test
        void C2_34_what_has_ended_ignores_events_and_deadlines_for_ever() {
            aboard(VAN);
            depart();
            var end = steps(VAN);

            append(Ferry.crossing("tern"), new VehicleBoarded("tern", VAN));
            handler().handle(List.of(envelope(new ReachDeadline(Trip.of(VAN), 1, 0, START))));
            settle();

            assertThat(end.getLast().ended()).isTrue();
            assertThat(steps(VAN)).isEqualTo(end);
        }

        @Test
        void C2_39_an_end_sends_what_was_executed_before_it_and_drops_every_deadline() {
            send(new RegisterVehicle(VAN));
            send(new AcknowledgeProcessFailure(Trip.of(VAN)));

            assertThat(steps(VAN).getLast().commands()).containsExactly(new TurnAway(VAN, "tern"));
            assertThat(store.nextDeadline()).isEmpty();
            assertThat(store.read(Ferry.vehicle(VAN))).hasSize(2);
        }

        @Test
        void C2_39_an_end_cancels_no_other_instances_deadlines() {
            send(new RegisterVehicle("bus"));
            send(new RegisterVehicle(VAN));

            send(new AcknowledgeProcessFailure(Trip.of(VAN)));

            assertThat(store.due(Instant.MAX, Set.of(Trip.KEY), 10))
                    .singleElement()
                    .satisfies(deadline -> assertThat(deadline.stream()).isEqualTo(Trip.of("bus").stream()));
        }

        @Test
        void C2_39_a_second_end_does_nothing_and_a_deadline_before_it_is_dropped() {
            reacting(Schedule.after(Duration.ofSeconds(1), new Overdue(VAN)), new End(), new End());

            send(new RegisterVehicle(VAN));

            assertThat(failed).isEmpty();
            assertThat(steps(VAN)).singleElement().satisfies(step -> {
                assertThat(step.ended()).isTrue();
                assertThat(step.deadlines()).isEmpty();
            });
            assertThat(store.nextDeadline()).isEmpty();
        }

        @Test
        void C2_39_nothing_can_be_executed_behind_the_end() {
            reacting(new End(), new Execute(new Board("tern", VAN)));

            send(new RegisterVehicle(VAN));

            assertThat(failed)
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.reason())
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContainingAll("'trip'", "Board", "behind the end"));
            assertThat(steps(VAN)).isEmpty();
        }
    }

    @Nested
    class AtDeadlines {

        @Test
        void P8_C2_41_a_deadline_is_delivered_when_it_is_due_and_not_before() {
            send(new OpenBoarding("tern", 1));
            send(new RegisterVehicle(VAN));
            var aboardAt = clock.instant();

            clock.advance(Trip.DEPARTURE.minusNanos(1_000));
            deliver();
            assertThat(steps(VAN)).hasSize(3);
            clock.advance(Duration.ofNanos(1_000));
            deliver();

            assertThat(steps(VAN).get(3).input())
                    .isEqualTo(new DeadlineReached(2, 0, new Departure(VAN), aboardAt.plus(Trip.DEPARTURE)));
        }

        @Test
        void P8_C2_41_a_deadline_that_was_missed_is_delivered_late_with_the_time_it_was_scheduled_for() {
            aboard(VAN);

            clock.advance(Duration.ofDays(30));
            deliver();

            assertThat(steps(VAN))
                    .extracting(ProcessStepTaken::input)
                    .contains(new DeadlineReached(2, 0, new Departure(VAN), START.plus(Trip.DEPARTURE)));
        }

        @Test
        void P8_C2_42_deadlines_of_an_instance_come_in_the_order_of_time() {
            reacting(
                    Schedule.after(Duration.ofMinutes(3), new Overdue("third")),
                    Schedule.at(START.plus(Duration.ofMinutes(1)), new Overdue("first")),
                    Schedule.after(Duration.ofMinutes(2), new Overdue("second")));
            send(new RegisterVehicle(VAN));

            clock.advance(Duration.ofHours(1));
            deliver();

            assertThat(steps(VAN).stream().map(ProcessStepTaken::input).skip(1).limit(3))
                    .extracting(input -> ((DeadlineReached) input).deadline())
                    .containsExactly(new Overdue("first"), new Overdue("second"), new Overdue("third"));
        }

        @Test
        void P8_C2_40_every_deadline_is_delivered_once_also_two_alike() {
            reacting(Schedule.after(Trip.PATIENCE, new Overdue(VAN)), Schedule.after(Trip.PATIENCE, new Overdue(VAN)));
            send(new RegisterVehicle(VAN));

            clock.advance(Trip.PATIENCE);
            deliver();
            deliver();

            assertThat(steps(VAN))
                    .extracting(ProcessStepTaken::input)
                    .filteredOn(DeadlineReached.class::isInstance)
                    .hasSizeGreaterThanOrEqualTo(2)
                    .doesNotHaveDuplicates();
        }

        @Test
        void P8_C2_41_one_for_a_time_that_is_over_is_due_at_once() {
            reacting(Schedule.at(START.minusSeconds(60), new Overdue(VAN)));

            send(new RegisterVehicle(VAN));

            assertThat(store.due(clock.instant(), Set.of(Trip.KEY), 10)).hasSize(1);
        }

        @Test
        void P8_a_crash_before_a_deadline_is_forgotten_delivers_it_again_and_it_takes_effect_once() {
            send(new RegisterVehicle(VAN));
            clock.advance(Trip.PATIENCE);
            var due = store.due(clock.instant(), Set.of(Trip.KEY), 10);
            delivery().next();
            store.read(Trip.of(VAN).stream());

            var again = new ArrayList<>(sent.subList(handled, sent.size()));
            settle();
            handler().handle(again);

            assertThat(due).hasSize(1);
            assertThat(steps(VAN))
                    .extracting(ProcessStepTaken::input)
                    .filteredOn(DeadlineReached.class::isInstance)
                    .hasSize(1);
        }

        @Test
        void C2_43_a_deadline_of_no_instance_is_dropped() {
            var reach = envelope(new ReachDeadline(Trip.of(VAN), 1, 0, START));

            handler().handle(List.of(reach));

            assertThat(outcome(reach.id())).isInstanceOf(Accepted.class);
            assertThat(steps(VAN)).isEmpty();
        }
    }

    @Nested
    class People {

        @Test
        void a_wish_that_its_state_allows_is_an_input() {
            send(new RegisterVehicle(VAN));
            send(new OpenBoarding("tern", 1));

            send(new RetryNow(Trip.of(VAN)));

            assertThat(status(VAN).state()).isEqualTo("Aboard");
        }

        @Test
        void one_that_it_does_not_allow_is_rejected_and_leaves_no_step() {
            aboard(VAN);
            var before = steps(VAN);

            var acknowledge = send(new AcknowledgeProcessFailure(Trip.of(VAN)));
            var retry = send(new RetryNow(Trip.of(VAN)));

            assertRejected(acknowledge, "PROCESS_NOT_FAILED");
            assertRejected(retry, "NOTHING_TO_RETRY");
            assertThat(steps(VAN)).isEqualTo(before);
        }

        @Test
        void of_a_process_that_is_not_there_or_has_ended_it_is_rejected() {
            assertRejected(send(new RetryNow(Trip.of(VAN))), "PROCESS_NOT_FOUND");
            assertRejected(send(new AcknowledgeProcessFailure(Trip.of(VAN))), "PROCESS_NOT_FOUND");
            send(new RegisterVehicle(VAN));
            send(new AcknowledgeProcessFailure(Trip.of(VAN)));

            assertRejected(send(new AcknowledgeProcessFailure(Trip.of(VAN))), "PROCESS_NOT_FAILED");
            assertRejected(send(new RetryNow(Trip.of(VAN))), "NOTHING_TO_RETRY");
        }

        private void assertRejected(UUID command, String reason) {
            assertThat(outcome(command))
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected ->
                                    assertThat(rejected.rejection().reason()).isEqualTo(reason));
        }
    }

    @Nested
    class Routing {

        @Test
        void C2_44_a_command_or_a_deadline_that_is_not_declared_is_a_fault_that_names_it() {
            reacting(new Execute(new OpenBoarding("tern", 1)));
            send(new RegisterVehicle(VAN));
            reacting(Schedule.after(Duration.ZERO, new Undeclared()));
            send(new RegisterVehicle("bus"));

            assertThat(failed)
                    .extracting(fault -> fault.reason().getMessage())
                    .satisfiesExactly(
                            message -> assertThat(message).contains("'trip'", "OpenBoarding", "not declared"),
                            message -> assertThat(message).contains("'trip'", "Undeclared", "not declared"));
        }

        @Test
        void C2_5_a_disabled_process_manager_hears_nothing_and_keeps_its_deadlines() {
            send(new RegisterVehicle(VAN));
            processes = new Processes(List.of(new Trip()), Set.of("trip"));
            clock.advance(Trip.PATIENCE);
            send(new RegisterVehicle("bus"));
            deliver();

            assertThat(steps("bus")).isEmpty();
            assertThat(steps(VAN)).extracting(ProcessStepTaken::input).noneMatch(DeadlineReached.class::isInstance);
            processes = new Processes(List.of(new Trip()), Set.of());
            deliver();
            assertThat(steps(VAN)).extracting(ProcessStepTaken::input).anyMatch(DeadlineReached.class::isInstance);
            assertThat(processes.managers()).hasSize(1);
        }

        @Test
        void one_that_is_not_there_can_t_be_disabled() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Processes(List.of(new Trip()), Set.of("tripp")))
                    .withMessageContainingAll("'tripp'", "trip");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "two words", "tab\t", "übung"})
        void C2_2_a_name_is_printable_without_spaces(String name) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ProcessIdentity(name, Trip.KEY))
                    .withMessageContaining("'" + name + "'");
        }

        @Test
        void C2_2_a_name_has_at_most_255_characters() {
            assertThat(new ProcessIdentity("x".repeat(255), Trip.KEY).name()).hasSize(255);
            assertThatIllegalArgumentException().isThrownBy(() -> new ProcessIdentity("x".repeat(256), Trip.KEY));
        }

        @Test
        void C2_2_a_key_is_a_canonical_UUID_in_either_case_and_not_nil() {
            assertThat(ProcessIdentity.of("trip", "6F1F4F0E-3f0b-4c39-9a1b-0a6a6f4b7c01")
                            .key())
                    .isEqualTo(Trip.KEY);
            assertThatIllegalArgumentException().isThrownBy(() -> ProcessIdentity.of("trip", "1-1-1-1-1"));
            assertThatIllegalArgumentException().isThrownBy(() -> new ProcessIdentity("trip", new UUID(0, 0)));
        }

        @Test
        void C2_2_two_of_one_name_or_of_one_key_are_refused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Processes(List.of(new Trip(), new Trip()), Set.of()))
                    .withMessageContainingAll("trip", "same name or key");
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            new Processes(List.of(new Trip(), new Other("other", Trip.KEY, Routes.none())), Set.of()))
                    .withMessageContainingAll("trip", "other", "same name or key");
        }

        @Test
        void C2_2_a_process_manager_under_another_name_goes_on_with_its_instances() {
            send(new RegisterVehicle(VAN));
            processes = new Processes(List.of(new Renamed(new Trip())), Set.of());

            send(new OpenBoarding("tern", 1));
            send(new RetryNow(Trip.of(VAN)));
            clock.advance(Trip.DEPARTURE);
            deliver();

            assertThat(steps(VAN))
                    .extracting(ProcessStepTaken::type)
                    .startsWith("trip")
                    .endsWith("voyage");
            assertThat(status(VAN).state()).isEqualTo("Over");
            assertThat(failed).isEmpty();
        }

        @Test
        void C2_33_an_event_has_one_route_in_a_process_manager() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Trip().routes().hears(VehicleLeft.class, _ -> Optional.empty()))
                    .withMessageContaining("VehicleLeft");
        }

        @Test
        void C2_3_many_process_managers_may_hear_one_event_and_issue_one_command() {
            var other = new Other(
                    "other",
                    UUID.randomUUID(),
                    Routes.none()
                            .hears(VehicleRegistered.class, _ -> Optional.of(new UUID(0, 7)))
                            .executes(Board.class));
            processes = new Processes(List.of(new Trip(), other), Set.of());
            check(processes, Ferry.CROSSING, Ferry.VEHICLE);

            send(new RegisterVehicle(VAN));

            assertThat(sent).filteredOn(it -> decoded(it) instanceof Board).hasSize(2);
        }

        @Test
        void instances_of_two_process_managers_under_one_id_are_a_fault_that_names_both() {
            var other = new Other(
                    "other",
                    UUID.randomUUID(),
                    Routes.none()
                            .hears(
                                    VehicleRegistered.class,
                                    _ -> Optional.of(Trip.of(VAN).value()))
                            .executes(Board.class));
            processes = new Processes(List.of(new Trip(), other), Set.of());

            send(new RegisterVehicle(VAN));

            assertThat(failed)
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.reason()).hasMessageContainingAll("'trip'", "'other'"));
        }
    }

    @Nested
    class BeforeAnythingStarts {

        @Test
        void what_fits_together_is_accepted() {
            assertThatCode(() -> check(processes, Ferry.CROSSING, Ferry.VEHICLE))
                    .doesNotThrowAnyException();
        }

        @Test
        void C2_3_two_aggregates_that_decide_one_command_are_refused() {
            var twin = new Aggregate<>("ferry.twin", Ferry.CROSSING.commands(), Ferry.VEHICLE.events(), new Idle<>());

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> check(processes, Ferry.CROSSING, Ferry.VEHICLE, twin))
                    .withMessageContainingAll("ferry.crossing", "ferry.twin", "OpenBoarding");
        }

        @Test
        void C2_3_two_aggregates_that_record_one_event_are_refused() {
            var twin = new Aggregate<>("ferry.twin", Other.Wish.class, Ferry.VEHICLE.events(), new Idle<>());

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> processes.check(
                            List.of(Ferry.CROSSING, Ferry.VEHICLE, twin),
                            List.of(),
                            Trip.types().register("ferry.Wish.v1", Other.Wish.class)))
                    .withMessageContainingAll("ferry.vehicle", "ferry.twin", "record", "VehicleRegistered");
        }

        @Test
        void C2_19_an_event_that_nobody_records_and_a_command_that_nobody_decides_are_refused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> check(processes, Ferry.CROSSING))
                    .withMessageContainingAll("'trip'", "hears", "VehicleRegistered");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> check(
                            new Processes(
                                    List.of(new Other(
                                            "other",
                                            UUID.randomUUID(),
                                            Routes.none().executes(Other.Wish.class))),
                                    Set.of()),
                            Ferry.CROSSING))
                    .withMessageContainingAll("'other'", "issues", "Wish");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Processes(List.of(), Set.of())
                            .check(
                                    List.of(Ferry.CROSSING),
                                    List.of(Policy.whenever(
                                            VehicleRegistered.class,
                                            "greet",
                                            UUID.randomUUID().toString(),
                                            Leave.class,
                                            _ -> List.of())),
                                    Trip.types()))
                    .withMessageContainingAll("'greet'", "VehicleRegistered");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Processes(List.of(), Set.of())
                            .check(
                                    List.of(Ferry.VEHICLE),
                                    List.of(Policy.whenever(
                                            VehicleRegistered.class,
                                            "greet",
                                            UUID.randomUUID().toString(),
                                            Leave.class,
                                            _ -> List.of())),
                                    Trip.types()))
                    .withMessageContainingAll("'greet'", "issues", "Leave");
        }

        @Test
        void C2_8_a_type_without_a_stable_name_is_refused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> processes.check(List.of(Ferry.CROSSING, Ferry.VEHICLE), List.of(), Ferry.types()))
                    .withMessageContainingAll("'trip'", "schedules", "Overdue", "stable name");
        }
    }

    private static void check(Processes processes, Aggregate<?, ?, ?>... aggregates) {
        processes.check(List.of(aggregates), List.of(), Trip.types());
    }

    record Undeclared() implements Deadline {}

    private void reacting(Effect... effects) {
        processes = new Processes(List.of(new Other("trip", Trip.KEY, new Trip().routes(), effects)), Set.of());
    }

    private void aboard(String vehicle) {
        send(new OpenBoarding("tern", 1));
        send(new RegisterVehicle(vehicle));
        assertThat(status(vehicle).state()).isEqualTo("Aboard");
    }

    private void depart() {
        clock.advance(Trip.DEPARTURE);
        deliver();
    }

    private UUID send(Command command) {
        var envelope = envelope(command);
        sent.add(envelope);
        settle();
        return envelope.id();
    }

    private CommandEnvelope envelope(Command command) {
        var id = DerivedId.of(Trip.KEY, "command", ++issued);
        return new CommandEnvelope(
                id, null, command.stream(), clock.instant(), Lineage.begunBy(id), Trip.CODEC.encode(command));
    }

    private void append(StreamId stream, Event event) {
        var past = store.read(stream).size();
        var id = DerivedId.of(Trip.KEY, "appended", stream, past);
        try {
            store.commit(new Commit(
                    List.of(new Append(
                            stream,
                            past,
                            List.of(new EventEnvelope(
                                    id,
                                    stream,
                                    past + 1,
                                    clock.instant(),
                                    Lineage.begunBy(id),
                                    Trip.CODEC.encode(event))))),
                    List.of()));
        } catch (Conflict lost) {
            throw new AssertionError(lost);
        }
    }

    private void deliver() {
        while (delivery().next() > 0) {
            settle();
        }
    }

    /** Until nothing is in flight, but for deadlines. */
    private void settle() {
        while (handled < sent.size() || !store.after(position, 1).isEmpty()) {
            if (handled < sent.size()) {
                failed.addAll(handler().handle(List.of(sent.get(handled++))).failed());
            }
            for (var entry : store.after(position, 1_000)) {
                new Policies(List.of(processes.policy()), Trip.CODEC, sent::addAll, clock)
                        .handle(List.of(entry.event()));
                router().handle(List.of(entry.event()));
                position = entry.position();
            }
        }
    }

    private CommandHandler handler() {
        return new CommandHandler(
                store, store, Trip.CODEC, List.of(Ferry.CROSSING, Ferry.VEHICLE, processes.aggregate()), clock);
    }

    private ProcessRouter router() {
        return new ProcessRouter(processes, store, Trip.CODEC, sent::addAll, clock, ignored::add);
    }

    private DeadlineDelivery delivery() {
        return new DeadlineDelivery(processes, store, Trip.CODEC, sent::addAll, clock, 10);
    }

    private List<ProcessStepTaken> steps(String vehicle) {
        return store.read(Trip.of(vehicle).stream()).stream()
                .map(event -> (ProcessStepTaken) Trip.CODEC.decode(event.message()))
                .toList();
    }

    private Status status(String vehicle) {
        return steps(vehicle).getLast().status();
    }

    private EventEnvelope registered(String vehicle) {
        return store.read(Ferry.vehicle(vehicle)).getFirst();
    }

    private Object decoded(CommandEnvelope command) {
        return Trip.CODEC.decode(command.message());
    }

    private Outcome.Verdict outcome(UUID command) {
        return requireNonNull(store.find(List.of(command)).get(command)).verdict();
    }

    /** One that decides nothing. */
    private static final class Idle<C extends Command, E extends Event> implements Decider<C, Integer, E> {

        @Override
        public Integer initial() {
            return 0;
        }

        @Override
        public Integer evolve(Integer state, E event) {
            return state;
        }

        @Override
        public Decision<E> decide(Integer state, C command, Set<StreamId> existing) {
            return Decision.alreadyTrue();
        }
    }

    /** The same under another name. */
    private record Renamed(Trip trip) implements ProcessManager<Trip.State> {

        @Override
        public ProcessIdentity identity() {
            return new ProcessIdentity("voyage", Trip.KEY);
        }

        @Override
        public Routes routes() {
            return trip.routes();
        }

        @Override
        public Trip.State initial() {
            return trip.initial();
        }

        @Override
        public Trip.State evolve(Trip.State state, Input input) {
            return trip.evolve(state, input);
        }

        @Override
        public List<Effect> react(Trip.State state, Input input) {
            return trip.react(state, input);
        }

        @Override
        public Status status(Trip.State state) {
            return trip.status(state);
        }

        @Override
        public Optional<Rejection> refusal(Trip.State state, Input.Person wish) {
            return trip.refusal(state, wish);
        }
    }

    /** One that always does the same. */
    private record Other(ProcessIdentity identity, Routes routes, List<Effect> effects)
            implements ProcessManager<Integer> {

        record Wish() implements Command {
            @Override
            public StreamId stream() {
                return new StreamId("ferry.wish", "one");
            }
        }

        Other(String name, UUID key, Routes routes, Effect... effects) {
            this(
                    new ProcessIdentity(name, key),
                    routes,
                    effects.length == 0 ? List.of(new Execute(new Board("tern", VAN))) : List.of(effects));
        }

        @Override
        public Integer initial() {
            return 0;
        }

        @Override
        public Integer evolve(Integer inputs, Input input) {
            return inputs + 1;
        }

        @Override
        public List<Effect> react(Integer inputs, Input input) {
            return inputs == 1 ? effects : List.of();
        }

        @Override
        public Status status(Integer inputs) {
            return Status.of(inputs.toString(), "");
        }
    }
}
