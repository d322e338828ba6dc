package dev.quadrille.kernel;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;

/** Where messages go that can't be read or handled, so that they stop nothing else and are not lost (P6). */
public interface Parking {

    /**
     * A message set aside.
     *
     * @param consumer who could not handle it: the queue's name
     * @param messageId with the consumer its identity; parking it again changes nothing
     * @param key the stream in whose order it stood, or empty if that could not be read
     * @param attempts how often it was tried
     * @param reason what was wrong, in one line
     * @param stack the failure's stack trace, empty if there is none
     * @param headers the message's headers as text
     * @param body the bytes as they came
     */
    record Parked(
            String consumer,
            String messageId,
            String key,
            int attempts,
            String reason,
            String stack,
            Map<String, String> headers,
            ByteBuffer body,
            Instant parkedAt) {

        public Parked {
            headers = Map.copyOf(headers);
            body = body.asReadOnlyBuffer();
        }
    }

    /**
     * Stores the message durably. After it returns the consumer acknowledges.
     *
     * @throws Unavailable if the store is
     */
    void park(Parked message);
}
