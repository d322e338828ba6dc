package dev.quadrille.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StreamIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"financing.invoice/42", "ferry.deck-2/a/b", "ferry.crossing/Übersee 7"})
    void its_text_reads_as_itself(String text) {
        assertThat(StreamId.parse(text)).hasToString(text);
    }

    @Test
    void the_context_is_what_stands_before_the_dot() {
        assertThat(StreamId.parse("financing.invoice/4.2").context()).isEqualTo("financing");
    }

    @ParameterizedTest
    @Tag("C2.22")
    @ValueSource(
            strings = {
                "",
                "financing",
                "financing.invoice",
                "financing.invoice/",
                "financing.invoice/ ",
                "financing.invoice/4\0002",
                "/42"
            })
    void text_without_a_category_or_a_storable_id_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> StreamId.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"invoice", "Financing.invoice", "financing.Invoice", "financing.", ".invoice", "a.b.c"})
    void a_malformed_category_is_refused_with_its_name(String category) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StreamId(category, "42"))
                .withMessageContaining("'" + category + "'");
    }

    @Test
    void a_rejection_has_a_stream_of_its_own_in_the_context_of_its_command() {
        var id = UUID.fromString("2ed6657d-e942-568b-95e1-2665a8bb6a6f");

        assertThat(CommandRejected.streamOf("ferry", id)).hasToString("ferry.command/" + id);
    }
}
