package dev.quadrille.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db:5432/ferry, jdbc:postgresql://db:5432/ferry",
        "postgresql://db/ferry, jdbc:postgresql://db/ferry",
        "postgres://db:5432/ferry?sslmode=require, jdbc:postgresql://db:5432/ferry?sslmode=require",
        "'postgres://one:1,two:2/ferry', 'jdbc:postgresql://one:1,two:2/ferry'",
        "jdbc:postgresql://[::1]:5432/ferry, jdbc:postgresql://[::1]:5432/ferry",
    })
    void urls_of_every_common_form_are_taken(String given, String jdbc) {
        var settings = PostgresSettings.of(given, "clerk", "secret", "domain");

        assertThat(settings.url()).isEqualTo(jdbc);
        assertThat(settings.database()).isEqualTo("ferry");
    }

    @Test
    void user_and_password_come_from_the_url_where_they_are_not_given_apart() {
        var url = "postgresql://clerk:p%40ss%3A+word@db/ferry";

        var fromUrl = PostgresSettings.of(url, "", "", "domain");
        assertThat(fromUrl.user()).isEqualTo("clerk");
        assertThat(fromUrl.password()).isEqualTo("p@ss:+word");
        assertThat(fromUrl.url()).isEqualTo("jdbc:postgresql://db/ferry");

        var apart = PostgresSettings.of(url, "captain", "other", "domain");
        assertThat(apart.user()).isEqualTo("captain");
        assertThat(apart.password()).isEqualTo("other");
    }

    @Test
    void another_database_of_the_same_server_keeps_all_the_rest() {
        var settings = new PostgresSettings(
                "postgres://db:5432/ferry?sslmode=require",
                "clerk",
                "secret",
                "domain",
                3,
                Duration.ofSeconds(2),
                Duration.ofSeconds(1));

        assertThat(settings.withDatabase("views"))
                .isEqualTo(new PostgresSettings(
                        "jdbc:postgresql://db:5432/views?sslmode=require",
                        "clerk",
                        "secret",
                        "domain",
                        3,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "db", "mysql://db/ferry", "postgresql://db:5432", "postgresql://db:5432/"})
    void anything_else_is_refused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PostgresSettings.of(url, "clerk", "secret", "domain"))
                .withMessageContaining("postgresql://");
    }

    @Test
    void the_password_is_not_shown() {
        assertThat(PostgresSettings.of("postgresql://clerk:secret@db/ferry", "", "", "domain"))
                .asString()
                .contains("db/ferry", "clerk", "domain")
                .doesNotContain("secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PostgresSettings.of("oracle://clerk:secret@db/ferry", "", "", "domain"))
                .withMessageNotContaining("secret");
    }
}
