package dev.quadrille.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quadrille.shell.BadVariable;
import dev.quadrille.shell.Variables;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySourcesPropertyResolver;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ConsoleSettingsTest {

    @Test
    void without_variables_it_listens_to_this_machine_alone_and_uses_the_services_next_door() {
        assertThat(from(Map.of()))
                .isEqualTo(new ConsoleSettings("127.0.0.1", 8082, "127.0.0.1:8080", "127.0.0.1:8081", Set.of()));
    }

    @Test
    void each_setting_has_its_variable() {
        var settings = from(Map.of(
                "BIND_ADDRESS", "0.0.0.0",
                "CONSOLE_PORT", "9092",
                "LISTENER_ADDRESS", "listener:8080",
                "QUERY_ADDRESS", "projections:8081",
                "CONSOLE_HOSTS", "console.example, other.example"));

        assertThat(settings)
                .isEqualTo(new ConsoleSettings(
                        "0.0.0.0",
                        9092,
                        "listener:8080",
                        "projections:8081",
                        Set.of("console.example", "other.example")));
    }

    @Test
    void the_services_next_door_are_where_these_settings_put_them() {
        var settings = from(Map.of("BIND_ADDRESS", "192.0.2.1", "LISTENER_PORT", "9090", "QUERY_PORT", "9091"));

        assertThat(settings.listener()).isEqualTo("192.0.2.1:9090");
        assertThat(settings.query()).isEqualTo("192.0.2.1:9091");
        assertThat(from(Map.of("BIND_ADDRESS", "0.0.0.0")).query()).isEqualTo("127.0.0.1:8081");
    }

    @Test
    void a_bad_value_stops_the_start() {
        assertThatThrownBy(() -> ConsoleApplication.service().run("--QUERY_ADDRESS=projections"))
                .rootCause()
                .isInstanceOf(BadVariable.class)
                .hasMessage("QUERY_ADDRESS is 'projections' and must be a host and a port such as 127.0.0.1:8080");
    }

    private static ConsoleSettings from(Map<String, Object> variables) {
        var sources = new MutablePropertySources();
        sources.addFirst(new MapPropertySource("test", variables));
        return ConsoleSettings.from(new Variables(new PropertySourcesPropertyResolver(sources)));
    }
}
