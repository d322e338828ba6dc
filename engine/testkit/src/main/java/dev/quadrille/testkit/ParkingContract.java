package dev.quadrille.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.kernel.Parking;
import dev.quadrille.kernel.Parking.Failure;
import dev.quadrille.kernel.Parking.Filter;
import dev.quadrille.kernel.Parking.Parked;
import dev.quadrille.kernel.Parking.Place;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every {@link Parking} promises. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class ParkingContract {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00.000001Z");
    private static final String QUEUE = "commands.3";
    private static final String OTHER_QUEUE = "policies.3";
    private static final String TERN = "ferry.crossing/tern";
    private static final String GULL = "ferry.crossing/gull";
    private static final String NO_KEY = "";
    private static final Failure NO_DECK = failure(3, "no-deck");
    private static final Failure STORM = failure(1, "storm");

    private Parking parking;

    /** A parking with nothing in it. Called before every test. */
    protected abstract Parking empty() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        parking = empty();
    }

    @Test
    void messages_are_kept_as_they_came_in_the_order_of_parking() {
        var body = ByteBuffer.wrap(new byte[] {0, -1, 127, -128, 10});
        var first = new Parked(
                UUID.randomUUID(),
                QUEUE,
                "message 2",
                TERN,
                "ferry.BoardVehicle.v1",
                "a voyage",
                new Failure(5, "No deck 'A'", "java.lang.IllegalStateException\n\tat Deck.java:7", "no-deck"),
                "sold",
                Map.of("cloudEvents:type", "ferry.BoardVehicle.v1", "x \"y\" \\", "ü, {}"),
                body,
                NOON);
        var second = new Parked(
                UUID.randomUUID(),
                QUEUE,
                "message 1",
                NO_KEY,
                "",
                "",
                new Failure(1, "Unreadable", "", "x"),
                null,
                Map.of(),
                ByteBuffer.allocate(0),
                NOON);

        parking.park(first);
        parking.park(second);

        assertThat(all()).containsExactly(first, second);
        assertThat(body.position()).isZero();
    }

    @Test
    void parking_a_message_again_changes_nothing() {
        var first = park(QUEUE, "message 1", TERN, NO_DECK);
        park(QUEUE, "message 1", TERN, STORM);

        assertThat(all()).containsExactly(first);
    }

    @Test
    void the_same_message_is_parked_for_each_consumer() {
        var one = park(QUEUE, "message 1", TERN, NO_DECK);
        var other = park(OTHER_QUEUE, "message 1", TERN, NO_DECK);

        assertThat(all()).containsExactly(one, other);
    }

    @Test
    void a_message_is_held_once_some_consumer_has_parked_it() {
        assertThat(parking.holds("message 1")).isFalse();

        park(OTHER_QUEUE, "message 1", TERN, NO_DECK);

        assertThat(parking.holds("message 1")).isTrue();
        assertThat(parking.holds("message 2")).isFalse();
    }

    @Test
    void of_each_correlation_the_first_message_is_told() {
        var tern = park(QUEUE, "message 1", TERN, NO_DECK);
        park(OTHER_QUEUE, "message 2", TERN, STORM);
        var gull = park(OTHER_QUEUE, "message 3", GULL, STORM);

        assertThat(parking.firstOf(Set.of("voyage of " + TERN, "voyage of " + GULL, "another")))
                .containsOnly(
                        Map.entry("voyage of " + TERN, tern.inShort()), Map.entry("voyage of " + GULL, gull.inShort()));
        assertThat(parking.firstOf(Set.of())).isEmpty();
    }

    @Test
    void P6_garbage_is_parked_too() {
        parking.park(new Parked(
                UUID.randomUUID(),
                QUEUE,
                "\0",
                "\0",
                "\0",
                "\0",
                new Failure(1, "no \0 in this text", "\0", "\0"),
                "\0",
                Map.of("\0", "\0"),
                ByteBuffer.wrap(new byte[] {0}),
                NOON));

        assertThat(all()).hasSize(1);
    }

    @Test
    void P6_later_messages_park_behind_their_key_and_behind_no_other() {
        var first = park(QUEUE, "1", TERN, NO_DECK);
        var behind = message(QUEUE, "2", TERN, Failure.BEHIND);

        assertThat(parking.parkBehind(behind)).isTrue();
        assertThat(parking.parkBehind(message(QUEUE, "3", GULL, Failure.BEHIND)))
                .isFalse();
        assertThat(parking.parkBehind(message(OTHER_QUEUE, "2", TERN, Failure.BEHIND)))
                .isFalse();

        assertThat(all()).containsExactly(first, behind);
        assertThat(behind.waitsBehind()).isTrue();
    }

    @Test
    void a_message_that_is_parked_already_stands_behind_nothing_new() {
        var first = park(QUEUE, "1", TERN, NO_DECK);

        assertThat(parking.parkBehind(message(QUEUE, "1", TERN, Failure.BEHIND)))
                .isTrue();

        assertThat(all()).containsExactly(first);
    }

    @Test
    void nothing_parks_behind_what_has_no_key() {
        var alone = park(QUEUE, "1", NO_KEY, NO_DECK);

        assertThat(parking.parkBehind(message(QUEUE, "2", NO_KEY, Failure.BEHIND)))
                .isFalse();

        assertThat(all()).containsExactly(alone);
    }

    @Test
    void P6_a_key_is_closed_from_its_first_message_until_its_last_is_finished() {
        park(QUEUE, "1", TERN, NO_DECK);
        park(QUEUE, "2", TERN, Failure.BEHIND);
        park(QUEUE, "3", NO_KEY, STORM);
        park(OTHER_QUEUE, "4", GULL, STORM);

        assertThat(parking.closedKeys(QUEUE)).containsExactly(TERN);
        parking.finish(id(QUEUE, "1"));
        assertThat(parking.closedKeys(QUEUE)).containsExactly(TERN);
        parking.finish(id(QUEUE, "2"));
        parking.finish(id(QUEUE, "2"));

        assertThat(parking.closedKeys(QUEUE)).isEmpty();
        assertThat(parking.parkBehind(message(QUEUE, "5", TERN, Failure.BEHIND)))
                .isFalse();
    }

    @RepeatedTest(20)
    void P6_a_message_parks_behind_the_last_one_or_finds_the_key_open_but_never_behind_nobody() throws Exception {
        park(QUEUE, "1", TERN, NO_DECK);
        assertThat(parking.closedKeys(QUEUE)).containsExactly(TERN);
        var behind = message(QUEUE, "2", TERN, Failure.BEHIND);

        var parked = Collision.of(2, i -> (Callable<Boolean>) () -> switch (i) {
            case 0 -> {
                parking.finish(id(QUEUE, "1"));
                yield parking.foremost(Filter.key(QUEUE, TERN)).isEmpty();
            }
            default -> parking.parkBehind(behind);
        });

        assertThat(all()).isEqualTo(parked.getLast() ? List.of(behind) : List.of());
        assertThat(parked.getFirst()).as("found none behind it").isNotEqualTo(parked.getLast());
    }

    @Test
    void messages_are_listed_by_what_they_have_in_common_page_by_page() {
        var one = park(QUEUE, "1", TERN, NO_DECK);
        var two = park(QUEUE, "2", GULL, STORM);
        var three = park(OTHER_QUEUE, "3", TERN, NO_DECK);

        assertThat(listed(Filter.message(id(QUEUE, "1")))).containsExactly(one);
        assertThat(listed(Filter.message(id(QUEUE, "3")))).isEmpty();
        assertThat(listed(Filter.key("", TERN))).containsExactly(one, three);
        assertThat(listed(Filter.alike("storm"))).containsExactly(two);
        assertThat(listed(new Filter(null, QUEUE, TERN, "no-deck", ""))).containsExactly(one);
        assertThat(listed(new Filter(null, "", "", "", "voyage of " + TERN))).containsExactly(one, three);
        var page = parking.list(Filter.ALL, 0, 2);
        assertThat(page).extracting(Place::parked).containsExactly(one.inShort(), two.inShort());
        assertThat(parking.list(Filter.ALL, page.getLast().number(), 2))
                .extracting(Place::parked)
                .containsExactly(three.inShort());
        assertThat(parking.first(Filter.key("", TERN)).map(Place::parked)).hasValue(one);
        assertThat(parking.first(Filter.alike("calm"))).isEmpty();
    }

    @Test
    void the_first_of_each_key_and_what_stands_alone_is_foremost() {
        var tern = park(QUEUE, "1", TERN, NO_DECK);
        park(QUEUE, "2", TERN, NO_DECK);
        var elsewhere = park(OTHER_QUEUE, "3", TERN, STORM);
        var alone = park(QUEUE, "4", NO_KEY, NO_DECK);
        var another = park(QUEUE, "5", NO_KEY, NO_DECK);

        assertThat(whole(parking.foremost(Filter.ALL))).containsExactly(tern, elsewhere, alone, another);
        assertThat(whole(parking.foremost(Filter.key("", TERN)))).containsExactly(tern, elsewhere);
        assertThat(parking.foremost(Filter.message(id(QUEUE, "2")))).isEmpty();
        assertThat(whole(parking.foremost(Filter.alike("no-deck")))).containsExactly(tern, alone, another);
    }

    @Test
    void what_stood_behind_one_that_is_finished_is_left_behind() {
        park(QUEUE, "1", TERN, NO_DECK);
        var behind = park(QUEUE, "2", TERN, Failure.BEHIND);
        park(QUEUE, "3", GULL, STORM);
        assertThat(parking.leftBehind()).isEmpty();
        assertThat(parking.closedKeys(QUEUE)).hasSize(2);

        parking.finish(id(QUEUE, "1"));

        assertThat(whole(parking.leftBehind())).containsExactly(behind);
    }

    @Test
    void how_a_message_failed_again_is_recorded_in_its_place() {
        park(QUEUE, "1", TERN, NO_DECK);
        park(QUEUE, "2", TERN, Failure.BEHIND);

        parking.failed(id(QUEUE, "1"), STORM);
        parking.failed(id(QUEUE, "no such"), STORM);

        assertThat(all()).containsExactly(message(QUEUE, "1", TERN, STORM), message(QUEUE, "2", TERN, Failure.BEHIND));
    }

    @Test
    void why_a_message_is_to_be_discarded_is_recorded_once() {
        park(QUEUE, "1", TERN, NO_DECK);

        parking.discard(id(QUEUE, "1"), "sunk");
        parking.discard(id(QUEUE, "1"), "sold");
        parking.discard(id(QUEUE, "no such"), "sunk");

        assertThat(all()).extracting(Parked::discarded).containsExactly("sunk");
    }

    private List<Parked> all() {
        return listed(Filter.ALL);
    }

    private List<Parked> listed(Filter filter) {
        return whole(parking.list(filter, 0, 100).stream().map(Place::parked).toList());
    }

    /** What is answered in short is answered whole one by one. */
    private List<Parked> whole(List<Parked> some) {
        var whole = some.stream()
                .map(parked ->
                        parking.first(Filter.message(parked.id())).orElseThrow().parked())
                .toList();
        assertThat(some).isEqualTo(whole.stream().map(Parked::inShort).toList());
        return whole;
    }

    private Parked park(String consumer, String id, String key, Failure failure) {
        var message = message(consumer, id, key, failure);
        parking.park(message);
        return message;
    }

    private static Parked message(String consumer, String id, String key, Failure failure) {
        return new Parked(
                id(consumer, id),
                consumer,
                id,
                key,
                "ferry.BoardVehicle.v1",
                "voyage of " + key,
                failure,
                null,
                Map.of("a", "b"),
                ByteBuffer.wrap(new byte[] {1, 2, 3}),
                NOON);
    }

    private static UUID id(String consumer, String message) {
        return UUID.nameUUIDFromBytes((consumer + message).getBytes(UTF_8));
    }

    private static Failure failure(int attempts, String fingerprint) {
        return new Failure(attempts, "reason", "stack", fingerprint);
    }
}
