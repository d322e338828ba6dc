package dev.quadrille.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PartitionsTest {

    @ParameterizedTest
    @CsvSource({
        "financing.invoice/0b0f5b5c-7d43-4e0f-9d3e-2f6f3c1f7a11, 1249820693",
        "ferry.crossing/tern, 2194518296",
        "ferry.crossing/Übersee, 3868678225"
    })
    void a_partition_is_the_CRC_32_of_the_stream_modulo_the_count(String stream, long crc) {
        assertThat(new Partitions(16).of(StreamId.parse(stream))).isEqualTo((int) (crc % 16));
        assertThat(new Partitions(1000).of(StreamId.parse(stream))).isEqualTo((int) (crc % 1000));
    }

    @Test
    void one_partition_holds_everything() {
        assertThat(new Partitions(1).of(StreamId.parse("ferry.crossing/tern"))).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1025})
    void a_count_out_of_bounds_is_refused(int count) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Partitions(count))
                .withMessageContaining(String.valueOf(count));
    }
}
