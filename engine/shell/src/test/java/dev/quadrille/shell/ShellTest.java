package dev.quadrille.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ShellTest {

    @Test
    void services_run_beside_each_other_with_settings_of_their_own_until_they_are_closed() {
        Server first;
        try (var one = Shell.service(Service.class).run("--PORT=1");
                var other = Shell.service(Service.class).run("--PORT=2")) {
            first = one.getBean(Server.class);
            assertThat(first.port()).isEqualTo(1);
            assertThat(other.getBean(Server.class).port()).isEqualTo(2);
            assertThat(first.closed()).isFalse();
        }
        assertThat(first.closed()).isTrue();
    }

    @Test
    void a_service_with_a_bad_variable_does_not_start_and_says_which() {
        var service = Shell.service(Service.class);

        assertThatThrownBy(() -> service.run("--PORT=high")).hasRootCauseInstanceOf(BadVariable.class);
    }

    @Test
    void what_is_said_of_a_bad_variable_is_one_sentence() {
        var bad = new BadVariable("PORT", "high", "a number");

        assertThat(new BadVariableAnalyzer().analyze(new IllegalStateException(bad)))
                .extracting(FailureAnalysis::getDescription)
                .isEqualTo("PORT is 'high' and must be a number");
    }

    @Configuration(proxyBeanMethods = false)
    static class Service {
        @Bean
        Server server(Environment environment) {
            return new Server(new Variables(environment).port("PORT", 0), new AtomicBoolean());
        }
    }

    record Server(int port, AtomicBoolean stopped) implements AutoCloseable {
        boolean closed() {
            return stopped.get();
        }

        @Override
        public void close() {
            stopped.set(true);
        }
    }
}
