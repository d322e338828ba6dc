package dev.quadrille.testkit;

import static dev.quadrille.testkit.ProcessScenario.given;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.quadrille.kernel.Ferry.Board;
import dev.quadrille.kernel.Ferry.BoardingOpened;
import dev.quadrille.kernel.Ferry.VehicleBoarded;
import dev.quadrille.kernel.Ferry.VehicleRegistered;
import dev.quadrille.kernel.Rejection;
import dev.quadrille.kernel.process.Effect;
import dev.quadrille.kernel.process.Effect.Execute;
import dev.quadrille.kernel.process.Effect.Schedule;
import dev.quadrille.kernel.process.Input;
import dev.quadrille.kernel.process.Input.RetryRequested;
import dev.quadrille.kernel.process.ProcessIdentity;
import dev.quadrille.kernel.process.ProcessManager;
import dev.quadrille.kernel.process.Routes;
import dev.quadrille.kernel.process.Status;
import dev.quadrille.kernel.process.Trip;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProcessScenarioTest {

    private static final VehicleRegistered REGISTERED = new VehicleRegistered("van");
    private static final Execute BOARD = new Execute(new Board("tern", "van"));
    private static final Schedule OVERDUE = Schedule.after(Trip.PATIENCE, new Trip.Overdue("van"));

    @Test
    void what_it_does_and_shows_and_refuses() {
        given(new Trip(), Trip.CODEC).when(REGISTERED).then(BOARD, OVERDUE);
        given(new Trip(), Trip.CODEC, REGISTERED)
                .when(new Trip.Overdue("van"))
                .thenNothing()
                .thenShows(Status.of("Boarding", "ferry.vehicle/van")
                        .waiting("a place on tern")
                        .late(true));
        given(new Trip(), Trip.CODEC, REGISTERED).when(new RetryRequested()).thenRefused("NOTHING_TO_RETRY");
        given(new Trip(), Trip.CODEC).when(new VehicleBoarded("tern", "van")).thenStays();
    }

    @Nested
    class It_fails {

        @Test
        void on_another_answer_and_tells_given_when_expected_and_actual() {
            assertFails(
                    () -> given(new Trip(), Trip.CODEC, REGISTERED)
                            .when(REGISTERED)
                            .then(BOARD),
                    "given",
                    "expected",
                    "actual");
            assertFails(() -> given(new Trip(), Trip.CODEC).when(REGISTERED).thenStays(), "The answer");
        }

        @Test
        void on_a_wish_that_it_would_refuse() {
            assertFails(
                    () -> given(new Trip(), Trip.CODEC, REGISTERED)
                            .when(new RetryRequested())
                            .then(BOARD, OVERDUE),
                    "The refusal");
        }

        @Test
        void C2_38_on_a_state_that_comes_out_in_two_ways() {
            var calls = new AtomicInteger();
            var forgetful = new Odd(
                    new Trip().routes(),
                    state -> new Trip.Aboard("van " + calls.incrementAndGet()),
                    UnaryOperator.identity());

            assertFails(
                    () -> given(forgetful, Trip.CODEC).when(REGISTERED).thenNothing(),
                    "folded again",
                    "expected Aboard[vehicle=van ",
                    "actual   Aboard[vehicle=van ");
        }

        @Test
        void C2_38_on_an_answer_that_comes_out_in_two_ways() {
            var calls = new AtomicInteger();
            var forgetful = new Odd(
                    new Trip().routes(),
                    UnaryOperator.identity(),
                    effects -> calls.incrementAndGet() <= 2 ? effects : List.of());

            assertFails(() -> given(forgetful, Trip.CODEC).when(REGISTERED).then(BOARD, OVERDUE), "asked again");
        }

        @Test
        void C2_44_on_a_command_or_a_deadline_that_is_not_declared() {
            var hearsOnly = Routes.none()
                    .hears(
                            VehicleRegistered.class,
                            event -> Optional.of(Trip.of(event.vehicle()).value()));

            assertFails(
                    () -> given(odd(hearsOnly), Trip.CODEC).when(REGISTERED).then(BOARD, OVERDUE), "declare", "Board");
            assertFails(
                    () -> given(odd(hearsOnly.executes(Board.class)), Trip.CODEC)
                            .when(REGISTERED)
                            .then(BOARD, OVERDUE),
                    "declare",
                    "Overdue");
        }

        @Test
        void C2_14_on_an_event_that_no_route_leads_to_it() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> given(new Trip(), Trip.CODEC)
                            .when(new BoardingOpened("tern", 1))
                            .thenNothing())
                    .withMessageContaining("'trip'");
        }

        @Test
        void on_a_state_that_changes_in_place() {
            assertFails(
                    () -> given(new Counting(), Trip.CODEC, REGISTERED)
                            .when(REGISTERED)
                            .thenNothing(),
                    "A state that was there before",
                    "expected 0",
                    "actual   1");
        }

        @Test
        void on_an_answer_that_is_another_for_an_instance_that_is_hosted() {
            var calls = new AtomicInteger();
            var forgetful = new Odd(
                    new Trip().routes(),
                    UnaryOperator.identity(),
                    effects -> calls.incrementAndGet() == 1 ? List.of() : effects);

            assertFails(
                    () -> given(forgetful, Trip.CODEC).when(REGISTERED).then(BOARD, OVERDUE),
                    "What the instance does that is hosted");
        }

        @Test
        void on_a_deadline_that_nothing_has_scheduled() {
            assertFails(
                    () -> given(new Trip(), Trip.CODEC)
                            .when(new Trip.Overdue("van"))
                            .thenNothing(),
                    "No step has scheduled",
                    "Overdue");
        }

        @Test
        void on_a_clock_that_is_read() {
            assertFails(
                    () -> given(new Late(), Trip.CODEC).when(REGISTERED).then(BOARD, OVERDUE),
                    "calls java.lang.System.nanoTime");
        }

        @Test
        void on_inputs_of_two_instances() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> given(new Trip(), Trip.CODEC, REGISTERED)
                            .when(new VehicleRegistered("bus"))
                            .thenNothing())
                    .withMessageContaining("one instance");
        }

        private static Odd odd(Routes routes) {
            return new Odd(routes, UnaryOperator.identity(), UnaryOperator.identity());
        }

        private static void assertFails(Runnable scenario, String... tells) {
            assertThatExceptionOfType(AssertionFailedError.class)
                    .isThrownBy(scenario::run)
                    .withMessageContainingAll(tells);
        }
    }

    /** A trip that errs. */
    private record Odd(Routes routes, UnaryOperator<Trip.State> evolved, UnaryOperator<List<Effect>> answered)
            implements ProcessManager<Trip.State> {

        @Override
        public ProcessIdentity identity() {
            return new Trip().identity();
        }

        @Override
        public Trip.State initial() {
            return new Trip().initial();
        }

        @Override
        public Trip.State evolve(Trip.State state, Input input) {
            return evolved.apply(new Trip().evolve(state, input));
        }

        @Override
        public List<Effect> react(Trip.State state, Input input) {
            return answered.apply(new Trip().react(state, input));
        }

        @Override
        public Status status(Trip.State state) {
            return new Trip().status(state);
        }

        @Override
        public Optional<Rejection> refusal(Trip.State state, Input.Person wish) {
            return new Trip().refusal(state, wish);
        }
    }

    /** Counts in one counter. */
    private static class Counting implements ProcessManager<AtomicInteger> {

        @Override
        public ProcessIdentity identity() {
            return new Trip().identity();
        }

        @Override
        public Routes routes() {
            return new Trip().routes();
        }

        @Override
        public AtomicInteger initial() {
            return new AtomicInteger();
        }

        @Override
        public AtomicInteger evolve(AtomicInteger state, Input input) {
            state.incrementAndGet();
            return state;
        }

        @Override
        public List<Effect> react(AtomicInteger state, Input input) {
            return List.of();
        }

        @Override
        public Status status(AtomicInteger state) {
            return Status.of("Counting", "");
        }
    }

    /** Answers only as long as this machine has not run for a million days. */
    private static final class Late extends Counting {

        @Override
        public List<Effect> react(AtomicInteger state, Input input) {
            return System.nanoTime() < TimeUnit.DAYS.toNanos(1_000_000) ? List.of() : List.of(BOARD);
        }
    }
}
