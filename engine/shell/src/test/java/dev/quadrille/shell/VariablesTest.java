package dev.quadrille.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

@DisplayNameGeneration(ReplaceUnderscores.class)
class VariablesTest {

    @Test
    void a_variable_that_is_not_set_or_empty_has_its_fallback() {
        assertThat(set("NAME", "").text("NAME", "me")).isEqualTo("me");
        assertThat(set("OTHER", "1").number("COUNT", 16, 1, 1024)).isEqualTo(16);
        assertThat(set("OTHER", "1").url("URL", "amqp://here", Set.of("amqp"))).isEqualTo(URI.create("amqp://here"));
        assertThat(set("PAUSE", " ").duration("PAUSE", Duration.ofSeconds(5), Duration.ZERO))
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_variable_is_read_as_what_it_is() {
        assertThat(set("NAME", " you ").text("NAME", "me")).isEqualTo("you");
        assertThat(set("PORT", "0").port("PORT", 8080)).isZero();
        assertThat(set("PAUSE", "100ms").duration("PAUSE", Duration.ZERO, Duration.ZERO))
                .isEqualTo(Duration.ofMillis(100));
        assertThat(set("URL", "amqps://u:p@broker/v").url("URL", "amqp://here", Set.of("amqp", "amqps")))
                .isEqualTo(URI.create("amqps://u:p@broker/v"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "1.5", "-1", "65536", "99999999999"})
    void a_bad_number_is_refused_by_name_and_value(String value) {
        assertThatThrownBy(() -> set("PORT", value).port("PORT", 8080))
                .isInstanceOf(BadVariable.class)
                .hasMessage("PORT is '" + value + "' and must be a number from 0 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5s", "99ms"})
    void a_bad_duration_is_refused_by_name_and_value(String value) {
        assertThatThrownBy(() -> set("PAUSE", value).duration("PAUSE", Duration.ofSeconds(1), Duration.ofMillis(100)))
                .isInstanceOf(BadVariable.class)
                .hasMessage("PAUSE is '" + value + "' and must be a duration such as 250ms or 30s, at least 100ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker", "http://broker", "amqp:broker", "amqp://a b"})
    void a_bad_url_is_refused_by_name_and_value(String value) {
        assertThatThrownBy(() -> set("URL", value).url("URL", "amqp://here", Set.of("amqp")))
                .isInstanceOf(BadVariable.class)
                .hasMessageStartingWith("URL is '" + value + "' and must be a URL");
    }

    @Test
    void a_password_is_shown_to_nobody() {
        assertThatThrownBy(() -> set("URL", "http://me:secret@broker:1").url("URL", "amqp://here", Set.of("amqp")))
                .hasMessageContaining("http://me:***@broker:1");
        assertThat(Variables.masked("Broker[url=amqp://me:s:cr@t@broker/v, size=1]"))
                .isEqualTo("Broker[url=amqp://me:***@broker/v, size=1]");
        assertThat(Variables.masked("amqp://me@broker")).isEqualTo("amqp://me@broker");
    }

    private static Variables set(String name, String value) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(name, value)));
        return new Variables(environment);
    }
}
