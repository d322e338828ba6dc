package dev.quadrille.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DerivedIdTest {

    private static final UUID DNS = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    @Test
    void one_part_is_the_name_of_RFC_9562() {
        var id = DerivedId.of(DNS, "www.example.com");

        assertThat(id).isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
        assertThat(id.version()).isEqualTo(5);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void the_same_parts_in_the_same_namespace_are_the_same_id() {
        assertThat(DerivedId.of(DNS, "a", 1)).isEqualTo(DerivedId.of(DNS, "a", 1));
        assertThat(DerivedId.of(DNS, "a", 1)).isNotEqualTo(DerivedId.of(DNS, "a", 2));
        assertThat(DerivedId.of(DNS, "a", 1)).isNotEqualTo(DerivedId.of(DerivedId.of(DNS, "x"), "a", 1));
    }

    @Test
    void no_two_lists_of_parts_are_the_same_name() {
        assertThat(DerivedId.of(DNS, "ab", "c")).isNotEqualTo(DerivedId.of(DNS, "a", "bc"));
        assertThat(DerivedId.of(DNS, "a", "1:b")).isNotEqualTo(DerivedId.of(DNS, "a", "1", "b"));
    }
}
