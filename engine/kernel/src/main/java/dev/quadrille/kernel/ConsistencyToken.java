package dev.quadrille.kernel;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

/**
 * What a caller wants to see in a query: places in streams that the query's tables must have reached (P12). To clients it
 * is an opaque text, which comes with a command's outcome and goes with a query.
 */
public record ConsistencyToken(Set<StreamVersion> reached) {

    private static final int FORMAT = 1;

    public ConsistencyToken {
        reached = Set.copyOf(reached);
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static ConsistencyToken parse(String text) {
        var bytes = new ByteArrayInputStream(Base64.getUrlDecoder().decode(text));
        try (var in = new DataInputStream(bytes)) {
            if (in.readByte() != FORMAT) {
                throw new IllegalArgumentException("Of another format");
            }
            var reached = new HashSet<StreamVersion>();
            while (in.available() > 0) {
                reached.add(new StreamVersion(StreamId.parse(in.readUTF()), in.readLong()));
            }
            return new ConsistencyToken(reached);
        } catch (IOException e) {
            throw new IllegalArgumentException("Not whole", e);
        }
    }

    /** The places in streams of these categories. */
    public Set<StreamVersion> in(Set<String> categories) {
        return reached.stream()
                .filter(place -> categories.contains(place.stream().category()))
                .collect(toUnmodifiableSet());
    }

    /** URL-safe text without padding. */
    @Override
    public String toString() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            for (var place : reached) {
                out.writeUTF(place.stream().toString());
                out.writeLong(place.version());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }
}
