package dev.quadrille.testkit;

import static dev.quadrille.testkit.DeciderScenario.given;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quadrille.json.JsonCodec;
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
import dev.quadrille.kernel.MessageTypes;
import dev.quadrille.kernel.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            given(Ferry.CROSSING, Ferry.CODEC, OPENED)
                    .existing(Ferry.vehicle("van"), Ferry.vehicle("bus"))
                    .when(BOARD)
                    .then(BOARDED);
        }

        @Test
        void nothing() {
            given(Ferry.CROSSING, Ferry.CODEC, OPENED)
                    .when(new Leave("tern", "van"))
                    .thenNothing();
        }

        @Test
        void a_rejection() {
            given(Ferry.CROSSING, Ferry.CODEC).when(BOARD).thenRejected("VEHICLE_NOT_FOUND");
        }

        @Test
        void through_a_codec() {
            given(Ferry.CROSSING, Ferry.CODEC, OPENED, BOARDED)
                    .when(new Leave("tern", "van"))
                    .then(new VehicleLeft("tern", "van"));
        }
    }

    @Nested
    class What_is_not_as_expected_fails {

        private final DeciderScenario.Decided<Ferry.CrossingEvent> decided = given(Ferry.CROSSING, Ferry.CODEC, OPENED)
                .existing(Ferry.vehicle("van"))
                .when(BOARD);

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
            var rejected = given(Ferry.CROSSING, Ferry.CODEC).when(BOARD);
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
                    () -> given(
                                    vehicles(new Careless() {
                                        @Override
                                        public Decision<VehicleEvent> decide(
                                                Object state, VehicleCommand command, Set<StreamId> existing) {
                                            return Decision.accept(new VehicleRegistered("van " + ++calls));
                                        }
                                    }),
                                    Ferry.CODEC)
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
                                    Ferry.CODEC,
                                    new VehicleRegistered("van"))
                            .when(new RegisterVehicle("van")),
                    "Folded again",
                    "state 1",
                    "state 2");
        }

        @Test
        void to_remember_what_it_has_decided() {
            assertFails(
                    () -> given(
                                    vehicles(new Careless() {
                                        @Override
                                        public Decision<VehicleEvent> decide(
                                                Object state, VehicleCommand command, Set<StreamId> existing) {
                                            return ++calls > 2
                                                    ? Decision.alreadyTrue()
                                                    : Decision.accept(new VehicleRegistered("van"));
                                        }
                                    }),
                                    Ferry.CODEC)
                            .when(new RegisterVehicle("van")),
                    "Handled twice",
                    "Accepted[events=[VehicleRegistered[vehicle=van]]]",
                    "Accepted[events=[]]");
        }

        @Test
        void to_change_a_state_in_place() {
            assertFails(
                    () -> given(
                                    vehicles(new Careless() {
                                        @Override
                                        public Object initial() {
                                            return new ArrayList<VehicleEvent>();
                                        }

                                        @Override
                                        @SuppressWarnings("unchecked")
                                        public Object evolve(Object state, VehicleEvent event) {
                                            ((List<VehicleEvent>) state).add(event);
                                            return state;
                                        }
                                    }),
                                    Ferry.CODEC,
                                    new VehicleRegistered("van"))
                            .when(new RegisterVehicle("van")),
                    "A state that was there before",
                    "expected []",
                    "actual   [VehicleRegistered[vehicle=van]");
        }

        @Test
        void to_read_a_clock_even_if_that_changes_nothing_today() {
            assertFails(
                    () -> given(
                                    vehicles(new Careless() {
                                        @Override
                                        public Decision<VehicleEvent> decide(
                                                Object state, VehicleCommand command, Set<StreamId> existing) {
                                            return isOver(Instant.EPOCH)
                                                    ? Decision.accept(new VehicleRegistered("van"))
                                                    : Decision.alreadyTrue();
                                        }
                                    }),
                                    Ferry.CODEC)
                            .when(new RegisterVehicle("van")),
                    "isOver calls java.time.Instant.now");
        }

        @Test
        void to_take_a_chance_in_a_lambda() {
            assertFails(
                    () -> given(
                                    vehicles(new Careless() {
                                        @Override
                                        public Decision<VehicleEvent> decide(
                                                Object state, VehicleCommand command, Set<StreamId> existing) {
                                            return Optional.of(command.vehicle())
                                                    .map(van -> Math.random() < 2 ? van : "bus")
                                                    .map(van ->
                                                            Decision.accept((VehicleEvent) new VehicleRegistered(van)))
                                                    .orElseThrow();
                                        }
                                    }),
                                    Ferry.CODEC)
                            .when(new RegisterVehicle("van")),
                    "calls java.lang.Math.random");
        }

        @Test
        void to_record_what_nobody_has_declared() {
            var ignorant =
                    new JsonCodec(new MessageTypes().register("ferry.RegisterVehicle.v1", RegisterVehicle.class));

            assertFails(
                    () -> given(Ferry.VEHICLE, ignorant).when(new RegisterVehicle("van")),
                    "does not write VehicleRegistered[vehicle=van]");
        }

        @Test
        void not_to_evolve_what_it_accepted() {
            assertFails(
                    () -> given(
                                    vehicles(new Careless() {
                                        @Override
                                        public Object evolve(Object state, VehicleEvent event) {
                                            throw new IllegalStateException("Not by me");
                                        }
                                    }),
                                    Ferry.CODEC)
                            .when(new RegisterVehicle("van")),
                    "does not evolve its own events",
                    "VehicleRegistered",
                    "Not by me");
        }

        @Test
        void to_be_asked_what_another_category_decides() {
            var boats = new Aggregate<>("ferry.boat", VehicleCommand.class, VehicleEvent.class, new Careless());

            assertFails(
                    () -> given(boats, Ferry.CODEC).when(new RegisterVehicle("van")), "ferry.boat", "ferry.vehicle");
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
                    () -> given(Ferry.VEHICLE, forgetful, new VehicleRegistered("van"))
                            .when(new RegisterVehicle("van")),
                    "{\"vehicle\":\"van\"}");
        }

        private static boolean isOver(Instant time) {
            return Instant.now().isAfter(time);
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
