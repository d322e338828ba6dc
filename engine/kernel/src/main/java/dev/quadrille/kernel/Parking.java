package dev.quadrille.kernel;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where messages go that can't be read or handled, so that they stop nothing else and are not lost (P6). Whoever consumes
 * parks, and later messages of the same key behind them; an operator has them handled again in that order, or discarded.
 * A key is open again once its last message is finished. Safe to call from any thread.
 *
 * <p>Every call may throw {@link Unavailable}.
 */
public interface Parking {

    /**
     * A message set aside.
     *
     * @param id its name here, the same whenever this message is parked by this consumer
     * @param consumer who could not handle it: the queue's name
     * @param messageId with the consumer its identity; parking it again changes nothing
     * @param key the stream in whose order it stands, or empty if that could not be read: it then stands alone
     * @param type the stable name of what it says, or empty if that could not be read
     * @param correlation the id of the command that began it all, or empty if that could not be read
     * @param discarded why an operator wants it to be finished without effect when its turn comes; null to be handled
     * @param headers the message's headers as text
     * @param body the bytes as they came
     */
    record Parked(
            UUID id,
            String consumer,
            String messageId,
            String key,
            String type,
            String correlation,
            Failure failure,
            @Nullable String discarded,
            Map<String, String> headers,
            ByteBuffer body,
            Instant parkedAt) {

        private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

        public Parked {
            headers = Map.copyOf(headers);
            body = body.asReadOnlyBuffer();
        }

        /** Without stack, headers and body, which may be large. */
        public Parked inShort() {
            return new Parked(
                    id,
                    consumer,
                    messageId,
                    key,
                    type,
                    correlation,
                    failure.inShort(),
                    discarded,
                    Map.of(),
                    NO_BYTES,
                    parkedAt);
        }

        /** Whether it has never failed, and is parked for those before it. */
        public boolean waitsBehind() {
            return failure.attempts() == 0;
        }
    }

    /**
     * How a message failed.
     *
     * @param attempts how often it was tried; 0 if it only stands behind another
     * @param reason what was wrong, in one line
     * @param stack the failure's stack trace, empty if there is none
     * @param fingerprint the same for messages that failed alike; empty if it never failed
     */
    record Failure(int attempts, String reason, String stack, String fingerprint) {

        /** For a message that stands behind another of its key. */
        public static final Failure BEHIND = new Failure(0, "Stands behind others of its key", "", "");

        /** Without the stack trace. */
        public Failure inShort() {
            return new Failure(attempts, reason, "", fingerprint);
        }
    }

    /**
     * Which messages.
     *
     * @param id only this one; null: any
     * @param consumer only of this queue; empty: of any
     * @param key only of this stream; empty: of any or none
     * @param fingerprint only what failed like this; empty: whatever is wrong
     * @param correlation only of this correlation; empty: of any or none
     */
    record Filter(@Nullable UUID id, String consumer, String key, String fingerprint, String correlation) {

        public static final Filter ALL = new Filter(null, "", "", "", "");

        public static Filter message(UUID id) {
            return new Filter(id, "", "", "", "");
        }

        public static Filter key(String consumer, String key) {
            return new Filter(null, consumer, key, "", "");
        }

        public static Filter alike(String fingerprint) {
            return new Filter(null, "", "", fingerprint, "");
        }

        public static Filter correlation(UUID correlation) {
            return new Filter(null, "", "", "", correlation.toString());
        }
    }

    /**
     * A message in its place.
     *
     * @param number greater than those of all that were parked before
     */
    record Place(long number, Parked parked) {}

    /** Stores a message durably, behind all others. After it returns the consumer acknowledges. */
    void park(Parked message);

    /**
     * Stores a message behind those of its key, if there are any still.
     *
     * @return false if the key is open: nothing was stored, and the message is to be handled
     */
    boolean parkBehind(Parked message);

    /** The keys of this queue that are not open. */
    Set<String> closedKeys(String consumer);

    /** Whether some consumer has parked the message with this id. */
    boolean holds(String messageId);

    /** Of each of these correlations the message that was parked first, in short; nothing of those of which none is. */
    Map<String, Parked> firstOf(Set<String> correlations);

    /** The first of these messages. */
    Optional<Place> first(Filter filter);

    /** These messages in short, in the order of parking, of those behind this number. */
    List<Place> list(Filter filter, long after, int limit);

    /** Of these messages, in short, those that stand first of their key, and those that stand alone, in the order of parking. */
    List<Parked> foremost(Filter filter);

    /**
     * Those foremost, in short, that have never failed: what they stood behind is finished, and whoever finished it has not come to
     * them.
     */
    List<Parked> leftBehind();

    /** Records how a message failed again. Nothing happens if it is finished. */
    void failed(UUID id, Failure again);

    /** Records that a message is to be finished without effect. Nothing happens if it is finished, or to be so. */
    void discard(UUID id, String why);

    /** Removes a message that is handled; with the last of its key the key is open. Repeating it changes nothing. */
    void finish(UUID id);
}
