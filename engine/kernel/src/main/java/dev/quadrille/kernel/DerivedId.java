package dev.quadrille.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Ids that are the same whenever the same thing is done again: UUID version 5 (RFC 9562, section 5.5), SHA-1 over a
 * namespace and a name. The JDK has only version 3.
 */
public final class DerivedId {

    private DerivedId() {}

    /**
     * The id with this name in this namespace.
     *
     * @param namespace the id of what the new one is derived from
     * @param name what tells the derived ids of one namespace apart: one part as it stands, or several set off from each
     *     other, so that no two lists of them make one name
     */
    public static UUID of(UUID namespace, Object... name) {
        var parts = Arrays.stream(name)
                .map(Object::toString)
                .map(part -> name.length == 1 ? part : part.length() + ":" + part)
                .collect(Collectors.joining())
                .getBytes(UTF_8);
        var hash = sha1().digest(ByteBuffer.allocate(16 + parts.length)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .put(parts)
                .array());
        var bytes = ByteBuffer.wrap(hash);
        return new UUID(
                (bytes.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x5000L,
                (bytes.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-1", e);
        }
    }
}
