package dev.quadrille.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.kernel.Handler.Handled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SlowedDownTest {

    private final List<List<String>> batches = new ArrayList<>();

    @Test
    void without_a_pause_a_batch_goes_as_it_is() {
        assertThat(slowedDown(Duration.ZERO).handle(List.of("one", "two"))).isEqualTo(Handled.nothing());

        assertThat(batches).containsExactly(List.of("one", "two"));
    }

    @Test
    void with_a_pause_one_message_goes_and_the_others_are_held_in_their_order() {
        var handled = slowedDown(Duration.ofMillis(1)).handle(List.of("one", "two", "three"));

        assertThat(handled).isEqualTo(new Handled<>(List.of("two", "three"), List.of()));
        assertThat(batches).containsExactly(List.of("one"));
    }

    /** A consumer takes equal messages for one: were the second held, the first would come again for ever. */
    @Test
    void P5_a_message_that_comes_twice_in_a_batch_goes_once() {
        var handled = slowedDown(Duration.ofMillis(1)).handle(List.of("one", "two", "one"));

        assertThat(handled).isEqualTo(new Handled<>(List.of("two"), List.of()));
        assertThat(batches).containsExactly(List.of("one"));
    }

    private SlowedDown<String> slowedDown(Duration pause) {
        return new SlowedDown<>(
                batch -> {
                    batches.add(batch);
                    return Handled.nothing();
                },
                () -> pause);
    }
}
