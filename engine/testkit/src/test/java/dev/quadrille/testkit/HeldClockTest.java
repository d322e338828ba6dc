package dev.quadrille.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HeldClockTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final HeldClock clock = new HeldClock(NOON);

    @Test
    @Tag("C2.67")
    @Tag("C2.69")
    void it_advances_when_told_to() {
        clock.advance(Duration.ofSeconds(90));

        assertThat(clock.instant()).isEqualTo("2026-06-01T12:01:30Z");
    }

    @Test
    void it_is_never_turned_back() {
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofSeconds(-1)));

        assertThat(clock.instant()).isEqualTo(NOON);
    }
}
