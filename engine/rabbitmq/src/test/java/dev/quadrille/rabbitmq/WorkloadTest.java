package dev.quadrille.rabbitmq;

import static dev.quadrille.rabbitmq.Letters.delivery;
import static dev.quadrille.rabbitmq.Letters.keyOf;
import static dev.quadrille.rabbitmq.Letters.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Delivery;
import dev.quadrille.kernel.Handler;
import dev.quadrille.kernel.Handler.Failed;
import dev.quadrille.kernel.Handler.Handled;
import dev.quadrille.kernel.Unavailable;
import dev.quadrille.kernel.UnreadableMessage;
import dev.quadrille.rabbitmq.Workload.Pace;
import dev.quadrille.rabbitmq.Workload.Round;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkloadTest {

    private static final Handled<String> ALL_DONE = new Handled<>(List.of(), List.of());

    private final List<List<String>> batches = new ArrayList<>();
    private final List<String> parked = new ArrayList<>();
    private final Set<String> closed = new HashSet<>();

    @Test
    void what_is_handled_is_finished() {
        var load = load(_ -> ALL_DONE, "a1", "b1");

        assertThat(load.round()).isEqualTo(new Round(List.of(1L, 2L), Pace.WHEN_DELIVERED));
        assertThat(load.firstOpen()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void what_is_held_comes_first_the_next_time() {
        var load = load(batch -> held(batch, "a"), "a1", "b1", "a2");

        assertThat(load.round()).isEqualTo(new Round(List.of(2L), Pace.WHILE_HELD));
        load.add(delivery(4, "b2"));
        assertThat(load.round()).isEqualTo(new Round(List.of(4L), Pace.WHILE_HELD));

        assertThat(load.firstOpen()).isEqualTo(1);
        assertThat(batches).containsExactly(List.of("a1", "b1", "a2"), List.of("a1", "a2", "b2"));
    }

    @Test
    void what_fails_is_tried_three_times_in_its_place_and_then_parked() {
        var load = load(
                batch -> Handled.oneByOne(batch, Letters::keyOf, message -> failIf(message.equals("a1"))),
                "a1",
                "a2",
                "b1");

        assertThat(load.round()).isEqualTo(new Round(List.of(3L), Pace.AFTER_FAILURE));
        assertThat(load.round()).isEqualTo(new Round(List.of(), Pace.AFTER_FAILURE));
        assertThat(load.round()).isEqualTo(new Round(List.of(), Pace.AT_ONCE));
        assertThat(load.round()).isEqualTo(new Round(List.of(1L, 2L), Pace.WHEN_DELIVERED));

        assertThat(parked).containsExactly("a1 after 3: a1 is broken", "a2 behind");
        assertThat(batches).containsExactly(List.of("a1", "a2", "b1"), List.of("a1"), List.of("a1"));
    }

    @Test
    void P6_what_comes_later_parks_behind_its_key_until_that_is_open_again() {
        closed.addAll(Set.of("a", "c"));
        var load = load(_ -> ALL_DONE, "a1", "b1");

        assertThat(load.round()).isEqualTo(new Round(List.of(1L), Pace.AT_ONCE));
        assertThat(load.round()).isEqualTo(new Round(List.of(2L), Pace.WHEN_DELIVERED));
        load.add(delivery(3, "a2"));
        assertThat(load.round()).isEqualTo(new Round(List.of(3L), Pace.WHEN_DELIVERED));
        closed.remove("a");
        load.add(delivery(4, "a3"));
        assertThat(load.round()).isEqualTo(new Round(List.of(4L), Pace.WHEN_DELIVERED));

        assertThat(parked).containsExactly("a1 behind", "a2 behind");
        assertThat(batches).containsExactly(List.of("b1"), List.of("a3"));
    }

    @Test
    void P6_which_keys_are_closed_is_asked_when_the_first_message_is_here() {
        var load = load(_ -> ALL_DONE);
        closed.add("a");
        load.add(delivery(1, "a1"));

        assertThat(load.round()).isEqualTo(new Round(List.of(1L), Pace.WHEN_DELIVERED));

        assertThat(batches).isEmpty();
    }

    @Test
    void what_cannot_be_read_is_parked_before_anything_is_handled() {
        var load = load(_ -> ALL_DONE, "a1", "?", "a2");

        assertThat(load.round()).isEqualTo(new Round(List.of(2L), Pace.AT_ONCE));
        assertThat(load.round()).isEqualTo(new Round(List.of(1L, 3L), Pace.WHEN_DELIVERED));

        assertThat(parked).containsExactly("? after 1: nobody can read this");
    }

    @Test
    void what_the_handler_cannot_read_is_not_tried_again() {
        var load = load(
                batch -> new Handled<>(
                        List.of(), List.of(new Failed<>(batch.getFirst(), new UnreadableMessage("no such type")))),
                "a1");

        assertThat(load.round().pace()).isEqualTo(Pace.AT_ONCE);
        load.round();

        assertThat(parked).containsExactly("a1 after 1: no such type");
    }

    @Test
    void a_batch_that_breaks_the_handler_is_tried_in_halves_and_nothing_overtakes_the_culprit() {
        var load = load(
                batch -> {
                    failIf(batch.contains("a1"));
                    return ALL_DONE;
                },
                "b1",
                "a1",
                "a2",
                "b2");

        assertThat(load.round()).isEqualTo(new Round(List.of(1L, 4L), Pace.AFTER_FAILURE));

        assertThat(batches)
                .containsExactly(
                        List.of("b1", "a1", "a2", "b2"),
                        List.of("b1", "a1"),
                        List.of("b1"),
                        List.of("a1"),
                        List.of("b2"));
    }

    @Test
    void what_has_failed_is_tried_alone_and_spoils_no_batch_again() {
        var load = load(
                batch -> {
                    failIf(batch.contains("a1"));
                    return ALL_DONE;
                },
                "a1",
                "a2");
        load.round();
        load.add(delivery(3, "b1"));
        load.add(delivery(4, "c1"));
        batches.clear();

        assertThat(load.round()).isEqualTo(new Round(List.of(3L, 4L), Pace.AFTER_FAILURE));

        assertThat(batches).containsExactly(List.of("a1"), List.of("b1", "c1"));
    }

    @Test
    void in_halves_as_well_nothing_overtakes_what_is_held() {
        var load = load(
                batch -> {
                    failIf(batch.size() > 1);
                    return held(batch, "a1");
                },
                "a1",
                "a2",
                "b1");

        assertThat(load.round()).isEqualTo(new Round(List.of(3L), Pace.WHILE_HELD));
    }

    @Test
    void an_error_of_the_handler_counts_as_a_failure() {
        var load = load(
                _ -> {
                    throw new StackOverflowError("too deep");
                },
                "a1");

        for (var pace : List.of(Pace.AFTER_FAILURE, Pace.AFTER_FAILURE, Pace.AT_ONCE, Pace.WHEN_DELIVERED)) {
            assertThat(load.round().pace()).isEqualTo(pace);
        }
        assertThat(parked).containsExactly("a1 after 3: java.lang.StackOverflowError: too deep");
    }

    @Test
    void while_a_server_is_away_nothing_is_finished_and_no_attempt_is_counted() {
        var load = load(
                _ -> {
                    throw new Unavailable("away", null);
                },
                "a1",
                "a2");

        for (var round = 0; round <= Workload.ATTEMPTS; round++) {
            assertThatThrownBy(load::round).isInstanceOf(Unavailable.class);
        }

        assertThat(load.firstOpen()).isEqualTo(1);
        assertThat(parked).isEmpty();
    }

    @Test
    void equal_messages_in_one_batch_share_their_fate() {
        var load = load(batch -> new Handled<>(List.of(batch.getFirst()), List.of()), "a1", "a1", "b1");

        assertThat(load.round()).isEqualTo(new Round(List.of(3L), Pace.WHILE_HELD));
    }

    private Workload<String> load(Handler<String> handler, String... messages) {
        var load = new Workload<>(
                new Letters(),
                batch -> {
                    batches.add(batch);
                    return handler.handle(batch);
                },
                new Lot());
        for (var n = 0; n < messages.length; n++) {
            load.add(delivery(n + 1, messages[n]));
        }
        return load;
    }

    private static Handled<String> held(List<String> batch, String beginning) {
        return new Handled<>(
                batch.stream().filter(message -> message.startsWith(beginning)).toList(), List.of());
    }

    private static void failIf(boolean broken) {
        if (broken) {
            throw new IllegalStateException("a1 is broken");
        }
    }

    /** Where the keys of what is parked are closed until a test opens them. */
    private final class Lot implements Workload.Parker {

        @Override
        public void park(Delivery delivery, int attempts, RuntimeException reason) {
            parked.add(text(delivery) + " after " + attempts + ": " + reason.getMessage());
            closed.add(keyOf(text(delivery)));
        }

        @Override
        public boolean parkBehind(Delivery delivery) {
            var behind = closed.contains(keyOf(text(delivery)));
            if (behind) {
                parked.add(text(delivery) + " behind");
            }
            return behind;
        }

        @Override
        public Set<String> closedKeys() {
            return closed;
        }
    }
}
