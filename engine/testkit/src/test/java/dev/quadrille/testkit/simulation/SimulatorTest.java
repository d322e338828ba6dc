package dev.quadrille.testkit.simulation;

import static dev.quadrille.kernel.Policy.whenever;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.Ferry;
import dev.quadrille.kernel.Ferry.Board;
import dev.quadrille.kernel.Ferry.BoardingOpened;
import dev.quadrille.kernel.Ferry.Leave;
import dev.quadrille.kernel.Ferry.OpenBoarding;
import dev.quadrille.kernel.Ferry.RegisterVehicle;
import dev.quadrille.kernel.Ferry.VehicleBoarded;
import dev.quadrille.kernel.Ferry.VehicleLeft;
import dev.quadrille.kernel.Ferry.VehicleRegistered;
import dev.quadrille.kernel.Ferry.VehicleTurnedAway;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.process.ProcessCommand.AcknowledgeProcessFailure;
import dev.quadrille.kernel.process.ProcessCommand.RetryNow;
import dev.quadrille.kernel.process.ProcessStepTaken;
import dev.quadrille.kernel.process.Processes;
import dev.quadrille.kernel.process.Trip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SimulatorTest {

    private static final Simulator FERRY = FerryRide.SIMULATOR;
    private static final Simulator NOBODY_TURNED_AWAY = FERRY.under(
            "nobody is turned away",
            events -> assertThat(events).doesNotHaveAnyElementsOfTypes(VehicleTurnedAway.class));

    @Nested
    class Calm {

        @Test
        void a_command_and_all_that_follows_from_it_are_done_when_it_was_sent() {
            var system = FERRY.calm();
            system.send(new RegisterVehicle("van"));

            var board = system.send(new Board("tern", "van"));

            var why = new CommandRejected(
                    board,
                    "ferry.Board.v1",
                    Ferry.crossing("tern"),
                    "BOARDING_NOT_OPEN",
                    "Crossing tern can't be boarded",
                    new Board("tern", "van"));
            assertThat(system.events())
                    .containsExactly(new VehicleRegistered("van"), why, new VehicleTurnedAway("van", "tern"));
            assertThat(system.outcome(board).verdict()).isInstanceOf(Outcome.Rejected.class);
            assertThat(system.recorded().getLast().lineage().correlationId()).isEqualTo(board);
        }

        @Test
        void commands_left_to_the_clients_are_sent_when_it_runs() {
            var system = FERRY.calm();
            system.enqueue(new RegisterVehicle("van"));
            system.enqueue(new OpenBoarding("tern", 1));
            var board = system.enqueue(new Board("tern", "van"));
            assertThat(system.events()).isEmpty();
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> system.outcome(board));

            system.run();

            assertThat(system.events())
                    .containsExactlyInAnyOrder(
                            new VehicleRegistered("van"),
                            new BoardingOpened("tern", 1),
                            new VehicleBoarded("tern", "van"));
        }

        @Test
        void a_message_that_fails_breaks_a_law() {
            assertThatExceptionOfType(BrokenLaw.class)
                    .isThrownBy(() -> FERRY.calm().send(new Board("tern", Ferry.GHOST)))
                    .withMessageContainingAll("every message can be handled", "Nobody thought of ghosts");
        }

        @Test
        void a_system_that_never_comes_to_rest_breaks_a_law() {
            var restless = FerryRide.simulator(List.of(
                    whenever(
                            VehicleBoarded.class,
                            "leave again",
                            "11111111-1111-4111-8111-111111111111",
                            Leave.class,
                            boarded -> List.of(new Leave(boarded.crossing(), boarded.vehicle()))),
                    whenever(
                            VehicleLeft.class,
                            "board again",
                            "22222222-2222-4222-8222-222222222222",
                            Board.class,
                            left -> List.of(new Board(left.crossing(), left.vehicle())))));
            var system = restless.calm();
            system.send(new RegisterVehicle("van"));
            system.send(new OpenBoarding("tern", 1));

            assertThatExceptionOfType(BrokenLaw.class)
                    .isThrownBy(() -> system.send(new Board("tern", "van")))
                    .satisfies(broken -> assertThat(broken.laws()).containsExactly("the system comes to rest"));
        }
    }

    @Nested
    class Sweeping {

        @Test
        void every_fault_befalls_a_story_once_before_and_once_after_every_effect() {
            var figures = new Figures();
            var places = new ArrayList<Integer>();

            FERRY.sweep(
                    system -> {
                        system.send(new RegisterVehicle("van"));
                        system.send(new Board("tern", "van"));
                        assertThat(system.events()).hasSize(3);
                        places.add(system.boundaries);
                    },
                    figures);

            assertThat(places.getFirst()).isGreaterThan(40);
            assertThat(figures.runs()).isEqualTo(1 + places.getFirst() * Fault.values().length);
            assertThat(figures.befell(Fault.CRASH)).isEqualTo(places.getFirst());
        }

        @Test
        void a_defect_is_found_with_the_fault_that_brings_it_to_light() {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> FERRY.sabotagedBy(Sabotage.CHECKPOINT_BEFORE_CONFIRM)
                            .sweep(system -> system.send(new RegisterVehicle("van")), new Figures()))
                    .withMessageContainingAll(
                            "With CRASH at place",
                            "every event reaches the bus",
                            "relayer/1: CRASH after save checkpoint");
        }

        @Test
        void what_a_story_says_is_held_against_every_telling() {
            var tellings = new HashSet<Integer>();

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> FERRY.sweep(
                            system -> {
                                system.send(new RegisterVehicle("van"));
                                assertThat(tellings.size()).isLessThan(7);
                                tellings.add(tellings.size());
                            },
                            new Figures()))
                    .withMessageContaining("at place 1 of");
        }
    }

    @Nested
    class Seeded {

        @Test
        void a_seed_does_the_same_to_the_last_id_also_in_another_JVM() throws Exception {
            var traces = FerryRide.traces(20);

            assertThat(traces).hasSizeGreaterThan(20 * 50);
            assertThat(FerryRide.traces(20)).isEqualTo(traces);
            var other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            FerryRide.class.getName(),
                            "20")
                    .redirectErrorStream(true)
                    .start();
            assertThat(other.inputReader(UTF_8).readAllLines()).isEqualTo(traces);
            assertThat(other.waitFor()).isZero();
        }

        @Test
        void every_seed_is_another_story() {
            var stories = new HashSet<String>();
            for (var seed = 0; seed < 100; seed++) {
                var story = new ArrayList<String>();
                FERRY.run(seed, FerryRide::workload, line -> story.add(line.get()));
                stories.add(String.join("\n", story));
            }
            assertThat(stories).hasSize(100);
        }

        @Test
        void no_law_is_broken_whatever_goes_wrong() {
            for (var seed = 1; seed <= 300; seed++) {
                FERRY.run(seed, FerryRide::workload);
            }
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                NO_DEDUPLICATION          | a command has recorded what its outcome says, and once (P2)
                OUTCOMES_APART            | a command has recorded what its outcome says, and once (P2)
                CHECKPOINT_BEFORE_CONFIRM | every event reaches the bus, those of a stream in order (P4)
                EVENTS_UNCONFIRMED        | every event reaches the bus, those of a stream in order (P4)
                COMMANDS_UNCONFIRMED      | every event is answered by the policies, a stream's in order, and nothing else (P5)
                IDS_NOT_DERIVED           | every event is answered by the policies, a stream's in order, and nothing else (P5)
                """)
        void a_defect_breaks_a_law_of_the_engine_within_1000_seeds(Sabotage defect, String law) {
            assertThat(FERRY.sabotagedBy(defect).seedThatBreaks(law, 1_000, FerryRide::workload))
                    .isPositive();
        }

        @Test
        void a_law_that_no_defect_breaks_is_told() {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> FERRY.seedThatBreaks("the system comes to rest", 200, FerryRide::workload))
                    .withMessage("None of the seeds 1 to 200 breaks the law that the system comes to rest");
        }

        @Test
        void a_law_of_the_business_is_held_against_seeds_and_the_failing_one_is_told_with_what_replays_it() {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> Seeds.run(NOBODY_TURNED_AWAY, FerryRide::workload, "./test -Dtest=SimulatorTest"))
                    .withMessageContaining("nobody is turned away")
                    .withMessageMatching("(?s)Seed (-?\\d+): .*\n  ./test -Dtest=SimulatorTest "
                            + "-Dquadrille\\.simulation\\.seed=\\1");
        }

        @Test
        @Tag("C2.69")
        void a_replay_runs_that_seed_alone_and_tells_all_that_happens() {
            var failing = NOBODY_TURNED_AWAY.seedThatBreaks("nobody is turned away", 1_000, FerryRide::workload);
            System.setProperty("quadrille.simulation.seed", Long.toString(failing));
            try {
                assertThatExceptionOfType(AssertionError.class)
                        .isThrownBy(() -> Seeds.run(NOBODY_TURNED_AWAY, FerryRide::workload, ""))
                        .withMessageStartingWith("Seed " + failing + ": ")
                        .withMessageContainingAll("nobody is turned away", "client: publish ", "relayer/2: confirm ");
                assertThat(Seeds.run(FERRY, FerryRide::workload, ""))
                        .isEqualTo("{\"seed\": " + failing + ", \"broken\": []}");
            } finally {
                System.clearProperty("quadrille.simulation.seed");
            }
        }
    }

    @Nested
    class WithProcesses {

        private static final Simulator TRIPS = new Simulator(
                        List.of(Ferry.CROSSING, Ferry.VEHICLE), List.of(), Trip.CODEC)
                .with(new Processes(List.of(new Trip()), Set.of()));

        @Test
        void P8_a_deadline_comes_when_nothing_else_happens() {
            var system = TRIPS.calm();
            system.send(new OpenBoarding("tern", 1));

            system.send(new RegisterVehicle("van"));

            assertThat(system.events()).contains(new VehicleLeft("tern", "van"));
            assertThat(system.recorded().getLast().recordedAt())
                    .isAfterOrEqualTo(system.recorded().getFirst().recordedAt().plus(Trip.DEPARTURE));
        }

        @Test
        void P7_P8_whatever_befalls_any_step_the_trip_ends_in_the_same_way() {
            TRIPS.sweep(
                    system -> {
                        system.send(new OpenBoarding("tern", 1));
                        system.send(new RegisterVehicle("van"));
                        assertThat(system.events())
                                .filteredOn(event -> !(event instanceof ProcessStepTaken))
                                .containsExactly(
                                        new BoardingOpened("tern", 1),
                                        new VehicleRegistered("van"),
                                        new VehicleBoarded("tern", "van"),
                                        new VehicleLeft("tern", "van"));
                        assertThat(system.events())
                                .last()
                                .satisfies(last -> assertThat(((ProcessStepTaken) last).ended())
                                        .isTrue());
                    },
                    new Figures());
        }

        @Test
        void no_law_is_broken_whatever_goes_wrong() {
            for (var seed = 1; seed <= 300; seed++) {
                TRIPS.run(seed, WithProcesses::workload);
            }
        }

        @Test
        void P8_a_deadline_forgotten_before_it_is_confirmed_breaks_a_law_within_1000_seeds() {
            assertThat(TRIPS.sabotagedBy(Sabotage.DEADLINES_FORGOTTEN)
                            .seedThatBreaks(
                                    "every deadline of a process that has not ended is delivered, when it is due and not before (P8)",
                                    1_000,
                                    WithProcesses::workload))
                    .isPositive();
        }

        /** More vehicles than deck, and people who ask for this and that. */
        private static List<Command> workload(RandomGenerator random) {
            var vehicles = List.of("van", "bus", "bike");
            var commands = new ArrayList<Command>();
            vehicles.forEach(vehicle -> commands.add(new RegisterVehicle(vehicle)));
            commands.add(random.nextInt(4), new OpenBoarding("tern", 1 + random.nextInt(2)));
            var more = random.nextInt(6);
            for (var i = 0; i < more; i++) {
                var process = Trip.of(vehicles.get(random.nextInt(vehicles.size())));
                commands.add(random.nextBoolean() ? new RetryNow(process) : new AcknowledgeProcessFailure(process));
            }
            return commands;
        }
    }
}
