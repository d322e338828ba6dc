package dev.quadrille.kernel.process;

import java.util.UUID;

/**
 * Who a process manager is.
 *
 * @param name for people and filters, such as {@code document-voiding}: 1 to 255 printable ASCII characters without spaces;
 *     it may change, and with it nothing but what is shown
 * @param key never changes: its instances and the ids of what they issue hang on it
 */
public record ProcessIdentity(String name, UUID key) {

    private static final UUID NIL = new UUID(0, 0);

    /** @throws IllegalArgumentException if the name or the key is not as it has to be */
    public ProcessIdentity {
        if (!name.matches("[!-~]{1,255}")) {
            throw new IllegalArgumentException(
                    "A process manager's name is 1 to 255 printable ASCII characters without spaces, not '" + name
                            + "'");
        }
        if (key.equals(NIL)) {
            throw new IllegalArgumentException(
                    "The process manager '" + name + "' needs a key of its own, not the nil UUID");
        }
    }

    /**
     * Reads a key that stands in code as text.
     *
     * @param key a UUID in its canonical form of 36 characters, in either case
     * @throws IllegalArgumentException if it is not
     */
    public static ProcessIdentity of(String name, String key) {
        var parsed = UUID.fromString(key);
        if (!parsed.toString().equalsIgnoreCase(key)) {
            throw new IllegalArgumentException(
                    "The key of the process manager '" + name + "' is a UUID of 36 characters, not '" + key + "'");
        }
        return new ProcessIdentity(name, parsed);
    }
}
