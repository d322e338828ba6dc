package dev.quadrille.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** Catering with {@link ContextsApart}: orders and the processes that match them are in JVMs of their own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CateringApartIT extends CateringContract {

    private static ContextsApart system;

    CateringApartIT() {
        super(system.addresses());
    }

    @BeforeAll
    static void start() throws Exception {
        system = ContextsApart.start();
    }

    @AfterAll
    static void stop() throws IOException {
        system.close();
    }

    @AfterEach
    void nothing_was_set_aside() {
        assertThat(system.servers().parked()).isEmpty();
    }
}
