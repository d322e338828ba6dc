package dev.quadrille.queries;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.kernel.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LookoutTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration SOON = Duration.ofMillis(5);
    private static final Duration NEVER = Duration.ofDays(1);

    private final Map<String, Integer> there = new ConcurrentHashMap<>();
    private final BlockingQueue<Set<String>> looks = new LinkedBlockingQueue<>();

    private Lookout<String, Integer> lookout(Duration atMostEvery, Duration atLeastEvery) {
        return new Lookout<>("test", this::look, atMostEvery, atLeastEvery);
    }

    private Map<String, Integer> look(Set<String> keys) {
        looks.add(keys);
        return there;
    }

    @Test
    void what_is_there_already_is_found_at_once() throws Exception {
        there.put("a", 1);
        try (var lookout = lookout(AT_ONCE, NEVER)) {
            assertThat(lookout.find("a").get(20, SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void what_turns_up_later_is_found_without_a_nudge() throws Exception {
        try (var lookout = lookout(AT_ONCE, SOON)) {
            var found = lookout.find("a");
            awaitLooks(2);
            there.put("a", 1);

            assertThat(found.get(20, SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void a_nudge_has_it_look_before_its_time() throws Exception {
        try (var lookout = lookout(AT_ONCE, NEVER)) {
            var found = lookout.find("a");
            awaitLooks(1);
            there.put("a", 1);
            lookout.nudge();

            assertThat(found.get(20, SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void all_who_wait_are_served_by_one_look() throws Exception {
        var gate = new Semaphore(0);
        var gated = new Lookout<String, Integer>(
                "test",
                keys -> {
                    looks.add(keys);
                    gate.acquireUninterruptibly();
                    return Map.of("a", 1, "b", 2);
                },
                AT_ONCE,
                NEVER);
        try (gated) {
            var earlier = gated.find("c");
            awaitLooks(1);
            var found = List.of(gated.find("a"), gated.find("a"), gated.find("b"));
            gate.release(2);

            assertThat(looks.poll(20, SECONDS)).containsExactlyInAnyOrder("a", "b", "c");
            for (var each : found) {
                assertThat(each).succeedsWithin(Duration.ofSeconds(20));
            }
            assertThat(earlier).isNotDone();
        }
    }

    @Test
    void nobody_is_looked_for_once_it_was_found_or_given_up() throws Exception {
        there.put("found", 1);
        try (var lookout = lookout(AT_ONCE, SOON)) {
            lookout.find("found").get(20, SECONDS);
            lookout.find("given up").cancel(false);
            var wanted = lookout.find("wanted");

            Set<String> looked;
            do {
                looked = looks.poll(20, SECONDS);
            } while (looked != null && !looked.contains("wanted"));
            assertThat(looked).containsExactly("wanted");
            assertThat(wanted).isNotDone();
        }
    }

    @Test
    void a_look_that_fails_fails_those_who_wait_and_nobody_later() throws Exception {
        var failing = new Lookout<String, Integer>(
                "test",
                keys -> {
                    if (keys.contains("a")) {
                        throw new Unavailable("away", null);
                    }
                    return Map.of("b", 1);
                },
                AT_ONCE,
                SOON);
        try (failing) {
            assertThat(failing.find("a"))
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withCauseInstanceOf(Unavailable.class);
            assertThat(failing.find("b").get(20, SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void closing_ends_all_waiting_now_and_from_now_on() {
        var lookout = lookout(AT_ONCE, NEVER);
        var waiting = lookout.find("a");
        lookout.close();

        for (var ended : Set.of(waiting, lookout.find("b"))) {
            assertThat(ended)
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withCauseInstanceOf(Unavailable.class);
        }
    }

    private void awaitLooks(int count) throws InterruptedException {
        for (var look = 0; look < count; look++) {
            assertThat(looks.poll(20, SECONDS)).isNotNull();
        }
    }
}
