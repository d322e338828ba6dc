package dev.quadrille.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Ferry;
import dev.quadrille.kernel.Ferry.Board;
import dev.quadrille.kernel.Ferry.BoardingOpened;
import dev.quadrille.kernel.Ferry.OpenBoarding;
import dev.quadrille.kernel.Ferry.RegisterVehicle;
import dev.quadrille.kernel.Ferry.VehicleBoarded;
import dev.quadrille.kernel.Ferry.VehicleRegistered;
import dev.quadrille.kernel.Ferry.VehicleTurnedAway;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.testkit.InMemorySystem.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InMemorySystemTest {

    @ParameterizedTest
    @EnumSource
    void a_command_and_all_that_follows_from_it_are_done_when_it_was_sent(Delivery delivery) {
        var system = system(delivery);
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
    void commands_left_on_the_bus_are_handled_together() {
        var system = system(Delivery.ONCE);
        system.enqueue(new RegisterVehicle("van"));
        system.enqueue(new OpenBoarding("tern", 1));
        var board = system.enqueue(new Board("tern", "van"));
        assertThat(system.events()).isEmpty();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> system.outcome(board));

        system.run();

        assertThat(system.events())
                .containsExactlyInAnyOrder(
                        new VehicleRegistered("van"), new BoardingOpened("tern", 1), new VehicleBoarded("tern", "van"));
    }

    @Test
    void P5_everything_delivered_twice_is_the_same_to_the_last_id() {
        assertThat(story(system(Delivery.TWICE))).isEqualTo(story(system(Delivery.ONCE)));
    }

    @Test
    void time_passes_only_when_it_is_told_to() {
        var system = system(Delivery.ONCE);
        system.send(new RegisterVehicle("van"));
        system.clock().advance(Duration.ofMinutes(5));
        system.send(new RegisterVehicle("bus"));

        var times = system.recorded().stream().map(EventEnvelope::recordedAt).toList();
        assertThat(Duration.between(times.getFirst(), times.getLast())).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void a_message_that_fails_fails_the_test() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> system(Delivery.ONCE).send(new Board("tern", Ferry.GHOST)))
                .withMessageContaining("ghost")
                .withCauseInstanceOf(IllegalStateException.class);
    }

    private static List<EventEnvelope> story(InMemorySystem system) {
        system.send(new RegisterVehicle("van"));
        system.enqueue(new Board("tern", "van"));
        system.enqueue(new OpenBoarding("tern", 1));
        system.enqueue(new Board("gull", "van"));
        system.run();
        return system.recorded();
    }

    private static InMemorySystem system(Delivery delivery) {
        return new InMemorySystem(
                List.of(Ferry.CROSSING, Ferry.VEHICLE), List.of(Ferry.TELL_WHO_IS_TURNED_AWAY), Ferry.CODEC, delivery);
    }
}
