package dev.quadrille.acceptance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has {@link ContextsApart} run as long as a test class does; no test may leave a message set aside. */
final class Apart implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private @Nullable ContextsApart system;

    ContextsApart system() {
        return requireNonNull(system, "Not started");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        system = ContextsApart.start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(system().servers().parked()).isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (system != null) {
            system.close();
        }
    }
}
