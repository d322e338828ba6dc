package dev.quadrille.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ConsistencyTokenTest {

    private static final StreamVersion TERN = new StreamVersion(new StreamId("ferry.crossing", "tern"), 7);
    private static final StreamVersion GULL =
            new StreamVersion(new StreamId("ferry.vessel", "a gull, \n ü/⛴"), 1L << 40);

    @Test
    void P12_a_token_reads_as_it_was_written() {
        for (var places : Set.of(Set.<StreamVersion>of(), Set.of(TERN), Set.of(TERN, GULL))) {
            var token = new ConsistencyToken(places);

            assertThat(ConsistencyToken.parse(token.toString())).isEqualTo(token);
            assertThat(token.toString()).matches("[A-Za-z0-9_-]+");
        }
    }

    @Test
    void P12_a_token_written_in_the_past_reads_today() {
        assertThat(ConsistencyToken.parse("AQATZmVycnkuY3Jvc3NpbmcvdGVybgAAAAAAAAAH"))
                .isEqualTo(new ConsistencyToken(Set.of(TERN)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "not base64",
                "AgATZmVycnkuY3Jvc3NpbmcvdGVybgAAAAAAAAAH",
                "AQATZmVycnkuY3Jvc3NpbmcvdGVybgAAAAAAAA",
                "AQATZmVycnkuY3Jvc3NpbmcvdGVybv__________",
                "AQAEdGVybgAAAAAAAAAH"
            })
    void P9_anything_else_is_no_token(String text) {
        assertThatThrownBy(() -> ConsistencyToken.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void P12_places_of_other_categories_can_be_left_out() {
        assertThat(new ConsistencyToken(Set.of(TERN, GULL)).in(Set.of("ferry.crossing")))
                .containsExactly(TERN);
    }
}
