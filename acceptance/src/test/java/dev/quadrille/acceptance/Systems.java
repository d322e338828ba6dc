package dev.quadrille.acceptance;

import dev.quadrille.acceptance.support.Addresses;
import dev.quadrille.acceptance.support.Standalone;
import dev.quadrille.acceptance.support.SystemUnderTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * The systems under test: the running one whose addresses are given, or else one on its embedded servers and, when the
 * environment names servers, one on those. Each is started once, for all test classes.
 */
final class Systems implements ArgumentsProvider {

    @Override
    public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return running(context).stream().map(Arguments::of);
    }

    private static List<SystemUnderTest> running(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(Systems.class))
                .computeIfAbsent(Running.class, _ -> new Running(), Running.class)
                .systems();
    }

    /** Those of them that the tests started. */
    static final class Own implements ArgumentsProvider {
        @Override
        public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
            return running(context).stream()
                    .filter(Standalone.class::isInstance)
                    .map(Arguments::of);
        }
    }

    private record Given(Addresses addresses) implements SystemUnderTest {
        @Override
        public String toString() {
            return addresses.listener();
        }
    }

    /** Closed by JUnit at the end of the session. */
    private static final class Running implements AutoCloseable {

        private final List<SystemUnderTest> systems = new ArrayList<>();
        private @Nullable RuntimeException failure;

        Running() {
            try {
                Addresses.given(System.getenv()).map(Given::new).ifPresentOrElse(systems::add, this::startOwn);
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        private void startOwn() {
            systems.add(Standalone.onEmbeddedServers());
            Standalone.onServersOf(System.getenv()).ifPresent(systems::add);
        }

        /** What did not start once is not tried again. */
        List<SystemUnderTest> systems() {
            if (failure != null) {
                throw failure;
            }
            return systems;
        }

        @Override
        public void close() throws IOException {
            for (var system : systems) {
                if (system instanceof Standalone own) {
                    own.close();
                }
            }
        }
    }
}
