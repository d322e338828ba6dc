package dev.quadrille.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.kernel.Checkpoints;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What all {@link Checkpoints} promise. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class CheckpointsContract {

    private Checkpoints checkpoints;

    /** Checkpoints where none was saved. Called before every test. */
    protected abstract Checkpoints empty() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        checkpoints = empty();
    }

    @Test
    @Tag("C2.60")
    void a_name_that_was_never_saved_stands_at_the_beginning() {
        assertThat(checkpoints.load("relay")).isZero();
    }

    @Test
    @Tag("C2.60")
    void the_position_saved_last_is_loaded() {
        checkpoints.save("relay", 3);
        checkpoints.save("relay", 5_000_000_000L);

        assertThat(checkpoints.load("relay")).isEqualTo(5_000_000_000L);
    }

    @Test
    void names_stand_apart() {
        checkpoints.save("relay", 3);
        checkpoints.save("archive", 1);

        assertThat(checkpoints.load("relay")).isEqualTo(3);
        assertThat(checkpoints.load("archive")).isEqualTo(1);
    }
}
