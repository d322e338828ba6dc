package dev.quadrille.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySourcesPropertyResolver;

@DisplayNameGeneration(ReplaceUnderscores.class)
class VariablesTest {

    @Test
    void a_variable_that_is_not_set_or_empty_has_its_fallback() {
        assertThat(set("NAME", "").text("NAME", "me")).isEqualTo("me");
        assertThat(set("OTHER", "1").number("COUNT", 16, 1, 1024)).isEqualTo(16);
        assertThat(set("OTHER", "1").url("URL", "amqp://here", "amqp")).isEqualTo(URI.create("amqp://here"));
        assertThat(set("PAUSE", " ").duration("PAUSE", Duration.ofSeconds(5), Duration.ZERO))
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_variable_is_read_as_what_it_is() {
        assertThat(set("NAME", " you ").text("NAME", "me")).isEqualTo("you");
        assertThat(set("PORT", "0").port("PORT", 8080)).isZero();
        assertThat(set("PAUSE", "100ms").duration("PAUSE", Duration.ZERO, Duration.ZERO))
                .isEqualTo(Duration.ofMillis(100));
        assertThat(set("URL", "amqp://u:p@broker/v").url("URL", "amqp://here", "amqp"))
                .isEqualTo(URI.create("amqp://u:p@broker/v"));
    }

    @Test
    void an_address_is_a_host_and_a_port() {
        assertThat(set("AT", "").address("AT", "127.0.0.1", 8080)).isEqualTo("127.0.0.1:8080");
        assertThat(set("AT", "").address("AT", "::1", 8080)).isEqualTo("[::1]:8080");
        assertThat(set("AT", "listener:80").address("AT", "127.0.0.1", 8080)).isEqualTo("listener:80");
        assertThat(set("AT", "[::1]:80").address("AT", "127.0.0.1", 8080)).isEqualTo("[::1]:80");
    }

    @ParameterizedTest
    @ValueSource(strings = {"listener", "http://listener:80", "a:1,b:2", "listener:", ":80", "::1:80"})
    void a_bad_address_is_refused_by_name_and_value(String value) {
        assertThatThrownBy(() -> set("AT", value).address("AT", "127.0.0.1", 8080))
                .isInstanceOf(BadVariable.class)
                .hasMessage("AT is '" + value + "' and must be a host and a port such as 127.0.0.1:8080");
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
        assertThatThrownBy(() -> set("URL", value).url("URL", "amqp://here", "amqp"))
                .isInstanceOf(BadVariable.class)
                .hasMessageStartingWith("URL is '" + value + "' and must be a URL");
    }

    @Test
    void a_choice_is_read_in_any_case_and_refused_with_all_there_is_to_choose() {
        assertThat(set("UNIT", "seconds").choice("UNIT", TimeUnit.DAYS)).isEqualTo(TimeUnit.SECONDS);
        assertThat(set("UNIT", "").choice("UNIT", TimeUnit.DAYS)).isEqualTo(TimeUnit.DAYS);
        assertThatThrownBy(() -> set("UNIT", "weeks").choice("UNIT", TimeUnit.DAYS))
                .isInstanceOf(BadVariable.class)
                .hasMessageStartingWith("UNIT is 'weeks' and must be one of [NANOSECONDS, ");
    }

    @Test
    void some_of_the_names_there_are_can_be_chosen_and_no_others() {
        var all = List.of("billing", "reports");

        assertThat(set("CONTEXTS", "").some("CONTEXTS", all)).isEqualTo(all);
        assertThat(set("CONTEXTS", "reports").some("CONTEXTS", all)).containsExactly("reports");
        assertThat(set("CONTEXTS", "reports, billing").some("CONTEXTS", all)).containsExactly("reports", "billing");
        for (var unfit : List.of("reports,hotel", "reports,", "Reports")) {
            assertThatThrownBy(() -> set("CONTEXTS", unfit).some("CONTEXTS", all))
                    .isInstanceOf(BadVariable.class)
                    .hasMessage(
                            "CONTEXTS is '" + unfit + "' and must be some of [billing, reports], separated by commas");
        }
    }

    @Test
    void what_several_services_share_has_one_fallback() {
        var nothing = set("OTHER", "1");

        assertThat(nothing.amqpUrl()).isEqualTo(URI.create("amqp://guest:guest@127.0.0.1:5672"));
        assertThat(nothing.partitions()).isEqualTo(16);
        assertThat(nothing.bindAddress()).isEqualTo("0.0.0.0");
    }

    @Test
    void a_password_is_shown_to_nobody() {
        assertThatThrownBy(() -> set("URL", "http://me:secret@broker:1").url("URL", "amqp://here", "amqp"))
                .hasMessageContaining("http://me:***@broker:1");
    }

    private static Variables set(String name, String value) {
        var sources = new MutablePropertySources();
        sources.addFirst(new MapPropertySource("test", Map.of(name, value)));
        return new Variables(new PropertySourcesPropertyResolver(sources));
    }
}
