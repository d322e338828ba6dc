package dev.quadrille.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32;

/**
 * Spreads streams over a fixed number of queues, so that consumers share the work and each stream keeps its order.
 *
 * @param count the same everywhere; changed only with drained queues
 */
public record Partitions(int count) {

    public Partitions {
        if (count < 1 || count > 1024) {
            throw new IllegalArgumentException("PARTITIONS is between 1 and 1024, not " + count);
        }
    }

    /** The partition of a stream: CRC-32 of its name in UTF-8, modulo the count; 0 … count − 1. */
    public int of(StreamId stream) {
        var crc = new CRC32();
        crc.update(stream.toString().getBytes(UTF_8));
        return (int) (crc.getValue() % count);
    }
}
