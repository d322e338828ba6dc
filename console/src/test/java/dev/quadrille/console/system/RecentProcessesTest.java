package dev.quadrille.console.system;

import static dev.quadrille.console.FakeSystem.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.proto.process.v1.Process;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RecentProcessesTest {

    private final RecentProcesses recent = new RecentProcesses(2);
    private final Process first = process("a", "d", "2026-11-21T10:00:01Z").build();
    private final Process second = process("b", "d", "2026-11-21T10:00:02Z").build();
    private final Process third = process("c", "d", "2026-11-21T10:00:03Z").build();

    @Test
    void the_one_that_changed_last_comes_first() {
        recent.put(second);
        recent.put(first);

        assertThat(recent.newestFirst()).containsExactly(second, first);
    }

    @Test
    void a_process_is_there_once_as_it_is_now() {
        recent.put(first);
        recent.put(second);
        var later = process("a", "d", "2026-11-21T10:00:09Z")
                .setState("DocumentVoided")
                .build();
        recent.put(later);

        assertThat(recent.newestFirst()).containsExactly(later, second);
    }

    @Test
    void where_there_is_no_more_room_the_oldest_is_forgotten() {
        recent.put(third);
        recent.put(first);
        recent.put(second);

        assertThat(recent.newestFirst()).containsExactly(third, second);
    }

    @Test
    void two_that_changed_in_the_same_moment_are_both_there() {
        var twin = process("b", "d", "2026-11-21T10:00:01Z").build();
        recent.put(first);
        recent.put(twin);

        assertThat(recent.newestFirst()).containsExactlyInAnyOrder(first, twin);
    }
}
