package dev.quadrille.rabbitmq;

import static dev.quadrille.rabbitmq.Letters.delivery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quadrille.kernel.Handler;
import dev.quadrille.kernel.Parking.Failure;
import dev.quadrille.kernel.Parking.Filter;
import dev.quadrille.kernel.Parking.Parked;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.kernel.Unavailable;
import dev.quadrille.testkit.InMemoryStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReplayerTest {

    private static final String ONE = "commands.ferry.1";
    private static final String OTHER = "policies.ferry.1";
    private static final String GONE = "commands.airship.1";

    private final InMemoryStore parking = new InMemoryStore();
    private final List<String> done = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();
    private final Set<String> held = new HashSet<>();
    private final RuntimeException failure = new IllegalStateException("broken");
    private boolean away;
    private final Replayer replayer = new Replayer(parking, Map.of(ONE, line(), OTHER, line()));

    private ParkedLine<String> line() {
        return new ParkedLine<>(new Letters(), new Recording(), parking);
    }

    @Test
    void P6_once_a_message_is_handled_those_that_only_stood_behind_it_follow_in_order() {
        park(ONE, "a1", "a2", "a3");
        park(ONE, "b1", "b2");

        assertThat(replayer.replay(Filter.message(id("a1")))).isTrue();

        assertThat(done).containsExactly("a1", "a2", "a3");
        assertThat(left()).containsExactly("b1", "b2");
    }

    @Test
    void P6_a_message_that_fails_again_stays_with_those_behind_it_and_with_its_newest_failure() {
        park(ONE, "a1", "a2");
        broken.add("a1");

        assertThat(replayer.replay(Filter.key("", "a"))).isTrue();

        assertThat(done).isEmpty();
        assertThat(left()).containsExactly("a1", "a2");
        var failure = parking.parked().getFirst().failure();
        assertThat(failure.attempts()).isEqualTo(4);
        assertThat(failure.reason()).isEqualTo("a1 is broken");
        assertThat(failure.stack()).contains("IllegalStateException: a1 is broken");
    }

    @Test
    void P6_a_message_comes_after_those_before_it() {
        park(ONE, "a1", "a2", "a3");
        fail("a2", "a3");

        replayer.replay(Filter.message(id("a2")));

        assertThat(done).containsExactly("a1", "a2");
        assertThat(left()).containsExactly("a3");
    }

    @Test
    void P6_a_stream_is_replayed_wherever_it_is_parked() {
        park(ONE, "a1", "a2");
        fail("a2");
        park(OTHER, "a1");
        park(ONE, "b1");

        replayer.replay(Filter.key("", "a"));

        assertThat(done).containsExactly("a1", "a2", "a1");
        assertThat(left()).containsExactly("b1");
    }

    @Test
    void P6_all_with_one_fingerprint_are_replayed_and_no_others() {
        park(ONE, "a1", "a2", "a3");
        fail("a2");
        park(ONE, "b1", "b2");
        var alike = fingerprint("a1");
        assertThat(fingerprint("b1")).isNotEqualTo(alike);

        replayer.replay(Filter.alike(alike));

        assertThat(done).containsExactly("a1", "a2", "a3");
        assertThat(left()).containsExactly("b1", "b2");
    }

    @Test
    void P6_what_is_discarded_is_finished_without_effect_and_those_behind_it_follow() {
        park(ONE, "a1", "a2");

        assertThat(replayer.discard(id("a1"), "sold")).isTrue();

        assertThat(done).containsExactly("a1 discarded: sold", "a2");
        assertThat(left()).isEmpty();
    }

    @Test
    void P6_what_is_discarded_behind_others_waits_for_its_turn() {
        park(ONE, "a1", "a2", "a3");

        replayer.discard(id("a2"), "sold");
        assertThat(left()).containsExactly("a1", "a2", "a3");
        replayer.replay(Filter.message(id("a1")));

        assertThat(done).containsExactly("a1", "a2 discarded: sold", "a3");
    }

    @Test
    void P6_what_cannot_be_read_is_discarded_as_far_as_it_can() {
        park(ONE, "a?");
        park(ONE, "?");

        replayer.replay(Filter.ALL);
        assertThat(left()).containsExactly("a?", "?");
        replayer.discard(id("a?"), "no idea");
        replayer.discard(id("?"), "no idea either");

        assertThat(done)
                .containsExactly("without body: a? discarded: no idea", "without body: ? discarded: no idea either");
        assertThat(left()).isEmpty();
    }

    @Test
    void what_is_held_is_to_be_tried_again_after_a_pause() {
        park(ONE, "a1", "a2");
        held.add("a1");

        assertThat(replayer.replay(Filter.message(id("a1")))).isFalse();
        assertThat(parking.parked().getFirst().failure().attempts()).isEqualTo(3);
        held.clear();

        assertThat(replayer.replay(Filter.message(id("a1")))).isTrue();
        assertThat(done).containsExactly("a1", "a2");
    }

    @Test
    void while_a_server_is_away_nothing_changes() {
        park(ONE, "a1", "a2");
        var before = parking.parked();
        away = true;

        assertThatThrownBy(() -> replayer.replay(Filter.ALL)).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> replayer.discard(id("a1"), "sold")).isInstanceOf(Unavailable.class);
        away = false;
        replayer.replay(Filter.message(id("a2")));

        assertThat(before).hasSize(2);
        assertThat(done).containsExactly("a1 discarded: sold", "a2");
    }

    @Test
    void P10_who_died_between_a_message_and_those_behind_it_is_finished_by_the_next() {
        park(ONE, "a1", "a2", "a3");
        var first = id("a1");
        parking.finish(first);

        replayer.replay(Filter.message(first));

        assertThat(done).containsExactly("a2", "a3");
        assertThat(left()).isEmpty();
    }

    @Test
    void P6_what_another_process_consumes_and_has_parked_can_be_replayed_here() {
        park(GONE, "a1", "a2");
        var elsewhere = BrokerSettings.of("amqp://127.0.0.1:1", "test");
        try (var consumers = new Consumers(
                        elsewhere, Topology.over(new Partitions(1), QueueType.CLASSIC), parking, InstantSource.system())
                .addParked(List.of(GONE), new Letters(), new Recording())) {
            assertThat(consumers.replayer().replay(Filter.key("", "a"))).isTrue();
        }

        assertThat(done).containsExactly("a1", "a2");
        assertThat(left()).isEmpty();
    }

    @Test
    void what_a_queue_has_parked_that_nobody_consumes_stays() {
        park(GONE, "a1");

        assertThat(replayer.replay(Filter.ALL)).isTrue();

        assertThat(left()).containsExactly("a1");
    }

    /** The first has failed three times, the others stand behind it. */
    private void park(String queue, String... messages) {
        for (var message : messages) {
            var key = Letters.keyOf(message);
            var behind = parking.closedKeys(queue).contains(key);
            parking.park(ParkedDelivery.of(
                    queue,
                    delivery(1, message),
                    key,
                    key,
                    behind ? Failure.BEHIND : failed(queue, message),
                    Instant.EPOCH));
        }
    }

    private void fail(String... messages) {
        for (var message : messages) {
            parking.failed(id(message), failed(ONE, message));
        }
    }

    /** On the queue ONE. */
    private UUID id(String message) {
        return parking.parked().stream()
                .filter(parked ->
                        parked.consumer().equals(ONE) && parked.messageId().equals(message))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private Failure failed(String queue, String message) {
        return ParkedDelivery.failure(queue, Letters.keyOf(message), 3, failure);
    }

    private String fingerprint(String message) {
        return parking.first(Filter.message(id(message)))
                .orElseThrow()
                .parked()
                .failure()
                .fingerprint();
    }

    private List<String> left() {
        return parking.parked().stream().map(Parked::messageId).toList();
    }

    private final class Recording implements Handler<String> {

        @Override
        public Handled<String> handle(List<String> batch) {
            var holding = batch.stream().filter(held::contains).toList();
            if (!holding.isEmpty()) {
                return new Handled<>(holding, List.of());
            }
            return Handled.oneByOne(batch, Letters::keyOf, message -> {
                come();
                if (broken.contains(message)) {
                    throw new IllegalStateException(message + " is broken");
                }
                done.add(message);
            });
        }

        @Override
        public void discard(String message, String why) {
            come();
            done.add(message + " discarded: " + why);
        }

        private void come() {
            if (away) {
                throw new Unavailable("away", null);
            }
        }
    }
}
