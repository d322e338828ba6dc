package dev.quadrille.testkit;

import static dev.quadrille.testkit.DeciderScenario.given;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.Decider;
import dev.quadrille.kernel.Decision;
import dev.quadrille.kernel.Ferry;
import dev.quadrille.kernel.Ferry.Board;
import dev.quadrille.kernel.Ferry.BoardingOpened;
import dev.quadrille.kernel.Ferry.Leave;
import dev.quadrille.kernel.Ferry.RegisterVehicle;
import dev.quadrille.kernel.Ferry.VehicleBoarded;
import dev.quadrille.kernel.Ferry.VehicleCommand;
import dev.quadrille.kernel.Ferry.VehicleEvent;
import dev.quadrille.kernel.Ferry.VehicleLeft;
import dev.quadrille.kernel.Ferry.VehicleRegistered;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.StreamId;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeciderScenarioTest {

    private static final BoardingOpened OPENED = new BoardingOpened("tern", 1);
    private static final VehicleBoarded BOARDED = new VehicleBoarded("tern", "van");
    private static final Board BOARD = new Board("tern", "van");

    @Nested
    class What_is_as_expected_passes {

        @Test
        void events() {
            given(Ferry.CROSSING, OPENED)
                    .existing(Ferry.vehicle("van"), Ferry.vehicle("bus"))
                    .when(BOARD)
                    .then(BOARDED);
        }

        @Test
        void nothing() {
            given(Ferry.CROSSING, OPENED).when(new Leave("tern", "van")).thenNothing();
        }

        @Test
        void a_rejection() {
            given(Ferry.CROSSING).when(BOARD).thenRejected("VEHICLE_NOT_FOUND");
        }

        @Test
        void through_a_codec() {
            given(Ferry.CROSSING, OPENED, BOARDED)
                    .through(Ferry.CODEC)
                    .when(new Leave("tern", "van"))
                    .then(new VehicleLeft("tern", "van"));
        }
    }

    @Nested
    class What_is_not_as_expected_fails {

        private final DeciderScenario.Decided<Ferry.CrossingEvent> decided =
                given(Ferry.CROSSING, OPENED).existing(Ferry.vehicle("van")).when(BOARD);

        @Test
        void it_tells_history_state_command_expected_and_actual() {
            assertFails(
                    () -> decided.then(new VehicleBoarded("tern", "bus")),
                    OPENED.toString(),
                    "existing [ferry.vehicle/van]",
                    "Crossing[open=true, deck=1, aboard=[]]",
                    BOARD.toString(),
                    "VehicleBoarded[crossing=tern, vehicle=bus]",
                    BOARDED.toString());
        }

        @Test
        void too_few_and_too_many_events() {
            assertFails(() -> decided.then(BOARDED, BOARDED), BOARDED.toString());
            assertFails(decided::thenNothing, BOARDED.toString());
        }

        @Test
        void no_rejection_and_another_rejection() {
            assertFails(() -> decided.thenRejected("DECK_FULL"), "rejected DECK_FULL", BOARDED.toString());
            var rejected = given(Ferry.CROSSING).when(BOARD);
            assertFails(() -> rejected.thenRejected("DECK_FULL"), "DECK_FULL", "VEHICLE_NOT_FOUND");
            assertFails(rejected::thenNothing, "VEHICLE_NOT_FOUND");
        }
    }

    @Nested
    class What_no_decider_may_do_fails {

        @Test
        @Tag("C2.25")
        void to_decide_in_two_ways() {
            assertFails(
                    () -> given(vehicles(new Careless() {
                                @Override
                                public Decision<VehicleEvent> decide(
                                        Object state, VehicleCommand command, Set<StreamId> existing) {
                                    return Decision.accept(new VehicleRegistered("van " + ++calls));
                                }
                            }))
                            .when(new RegisterVehicle("van")),
                    "Decided again",
                    "van 1",
                    "van 2");
        }

        @Test
        @Tag("C2.25")
        @Tag("C2.29")
        void to_evolve_in_two_ways() {
            assertFails(
                    () -> given(
                                    vehicles(new Careless() {
                                        @Override
                                        public Object evolve(Object state, VehicleEvent event) {
                                            return "state " + ++calls;
                                        }
                                    }),
                                    new VehicleRegistered("van"))
                            .when(new RegisterVehicle("van")),
                    "Folded again",
                    "state 1",
                    "state 2");
        }

        @Test
        void not_to_evolve_what_it_accepted() {
            assertFails(
                    () -> given(vehicles(new Careless() {
                                @Override
                                public Object evolve(Object state, VehicleEvent event) {
                                    throw new IllegalStateException("Not by me");
                                }
                            }))
                            .when(new RegisterVehicle("van")),
                    "does not evolve its own events",
                    "VehicleRegistered",
                    "Not by me");
        }

        @Test
        void to_be_asked_what_another_category_decides() {
            var boats = new Aggregate<>("ferry.boat", VehicleCommand.class, VehicleEvent.class, new Careless());

            assertFails(() -> given(boats).when(new RegisterVehicle("van")), "ferry.boat", "ferry.vehicle");
        }

        @Test
        void to_have_messages_that_a_codec_changes() {
            var forgetful = new Codec() {
                @Override
                public Message encode(Object message) {
                    return Ferry.CODEC.encode(message);
                }

                @Override
                public Object decode(Message message) {
                    return new VehicleRegistered("somebody");
                }
            };

            assertFails(
                    () -> given(Ferry.VEHICLE, new VehicleRegistered("van"))
                            .through(forgetful)
                            .when(new RegisterVehicle("van")),
                    "{\"vehicle\":\"van\"}");
        }

        private static Aggregate<VehicleCommand, Object, VehicleEvent> vehicles(Careless decider) {
            return new Aggregate<>("ferry.vehicle", VehicleCommand.class, VehicleEvent.class, decider);
        }

        private static class Careless implements Decider<VehicleCommand, Object, VehicleEvent> {

            int calls;

            @Override
            public Object initial() {
                return "nothing";
            }

            @Override
            public Object evolve(Object state, VehicleEvent event) {
                return event;
            }

            @Override
            public Decision<VehicleEvent> decide(Object state, VehicleCommand command, Set<StreamId> existing) {
                return Decision.accept(new VehicleRegistered(command.vehicle()));
            }
        }
    }

    private static void assertFails(ThrowingCallable scenario, String... saying) {
        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(scenario)
                .withMessageContainingAll(saying);
    }
}
