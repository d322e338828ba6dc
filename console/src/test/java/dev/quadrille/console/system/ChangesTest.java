package dev.quadrille.console.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChangesTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final Changes changes = new Changes();

    @Test
    void a_change_that_came_before_the_wait_is_not_missed() throws Exception {
        var seen = changes.newest();
        changes.tell();

        assertThat(changes.await(seen, LONG)).isTrue();
    }

    @Test
    void everyone_who_waits_is_told() {
        var seen = changes.newest();
        var one = CompletableFuture.supplyAsync(() -> waitFor(seen));
        var other = CompletableFuture.supplyAsync(() -> waitFor(seen));
        changes.tell();

        assertThat(one.join()).isTrue();
        assertThat(other.join()).isTrue();
    }

    @Test
    void without_a_change_the_limit_ends_the_wait() throws Exception {
        assertThat(changes.await(changes.newest(), Duration.ofMillis(1))).isTrue();
    }

    @Test
    void once_closed_nobody_waits() throws Exception {
        var waiting = CompletableFuture.supplyAsync(() -> waitFor(changes.newest()));
        changes.close();

        assertThat(waiting.join()).isFalse();
        assertThat(changes.await(changes.newest(), LONG)).isFalse();
        assertThat(changes.pause(LONG)).isFalse();
    }

    private boolean waitFor(long seen) {
        try {
            return changes.await(seen, LONG);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
