package dev.quadrille.kernel;

import java.util.HexFormat;
import java.util.UUID;

/**
 * Where a message comes from, so that everything which one request set off can be found and drawn.
 *
 * @param correlationId the id of the command that began it all; the same on everything that follows from it
 * @param causationId the id of the message that this one directly answers; its own id on the first command
 * @param traceparent the W3C Trace Context header of the request that began it all
 */
public record Lineage(UUID correlationId, UUID causationId, String traceparent) {

    /**
     * The lineage of a command that begins something, without a trace to continue: its own id stands for the trace, so
     * that the same command has the same one.
     */
    public static Lineage begunBy(UUID commandId) {
        var trace = HexFormat.of();
        return new Lineage(
                commandId,
                commandId,
                "00-" + trace.toHexDigits(commandId.getMostSignificantBits())
                        + trace.toHexDigits(commandId.getLeastSignificantBits())
                        + "-" + trace.toHexDigits(commandId.getMostSignificantBits()) + "-00");
    }

    /** The lineage of what the message with this id directly causes. */
    public Lineage causedBy(UUID messageId) {
        return new Lineage(correlationId, messageId, traceparent);
    }
}
