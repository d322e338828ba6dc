package dev.quadrille.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.kernel.Parking;
import dev.quadrille.kernel.Parking.Parked;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What every {@link Parking} promises. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class ParkingContract {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00.000001Z");

    private Parking parking;
    private Supplier<List<Parked>> parked;

    /**
     * A parking.
     *
     * @param parked looks up what it holds, in the order of parking
     */
    public record ParkingAndContent(Parking parking, Supplier<List<Parked>> parked) {}

    /** A parking with nothing in it. Called before every test. */
    protected abstract ParkingAndContent empty() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        var subject = empty();
        parking = subject.parking();
        parked = subject.parked();
    }

    @Test
    void messages_are_kept_as_they_came_in_the_order_of_parking() {
        var body = ByteBuffer.wrap(new byte[] {0, -1, 127, -128, 10});
        var first = new Parked(
                "commands.3",
                "message 2",
                "ferry.crossing/tern",
                5,
                "No deck 'A'",
                "java.lang.IllegalStateException\n\tat Deck.java:7",
                Map.of("cloudEvents:type", "ferry.BoardVehicle.v1", "x \"y\" \\", "ü, {}"),
                body,
                NOON);
        var second =
                new Parked("commands.3", "message 1", "", 1, "Unreadable", "", Map.of(), ByteBuffer.allocate(0), NOON);

        parking.park(first);
        parking.park(second);

        assertThat(parked.get()).containsExactly(first, second);
        assertThat(body.position()).isZero();
    }

    @Test
    void parking_a_message_again_changes_nothing() {
        var first = message("commands.3", "message 1", "first failure");
        parking.park(first);
        parking.park(message("commands.3", "message 1", "second failure"));

        assertThat(parked.get()).containsExactly(first);
    }

    @Test
    void the_same_message_is_parked_for_each_consumer() {
        var one = message("projections.1", "message 1", "failure");
        var other = message("policies.1", "message 1", "failure");
        parking.park(one);
        parking.park(other);

        assertThat(parked.get()).containsExactly(one, other);
    }

    @Test
    void P6_garbage_is_parked_too() {
        parking.park(new Parked(
                "commands.3",
                "\0",
                "\0",
                1,
                "no \0 in this text",
                "\0",
                Map.of("\0", "\0"),
                ByteBuffer.wrap(new byte[] {0}),
                NOON));

        assertThat(parked.get()).hasSize(1);
    }

    private static Parked message(String consumer, String id, String reason) {
        return new Parked(
                consumer,
                id,
                "ferry.crossing/tern",
                3,
                reason,
                "stack",
                Map.of("a", "b"),
                ByteBuffer.wrap(new byte[] {1, 2, 3}),
                NOON);
    }
}
