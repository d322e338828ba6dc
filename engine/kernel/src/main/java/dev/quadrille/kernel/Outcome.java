package dev.quadrille.kernel;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command: recorded in the transaction that appends its events, once for each command id, and never
 * changed.
 *
 * @param requestId the request id that this outcome holds, unique among outcomes; null if it has none, or if another
 *     command held it first
 * @param type the stable name of the command; null in outcomes from before it was recorded
 * @param correlationId the id of the command that began it all; null in outcomes from before it was recorded
 */
public record Outcome(
        UUID commandId,
        @Nullable UUID requestId,
        @Nullable String type,
        @Nullable UUID correlationId,
        Instant decidedAt,
        Verdict verdict) {

    /** How it was decided. */
    public sealed interface Verdict {}

    /**
     * The command stands.
     *
     * @param reached the aggregate's version after it
     * @param events how many events it appended; 0 when the wish was true already
     */
    public record Accepted(StreamVersion reached, int events) implements Verdict {}

    /**
     * The command falls.
     *
     * @param recorded where its {@link CommandRejected} stands
     */
    public record Rejected(Rejection rejection, StreamVersion recorded) implements Verdict {}
}
