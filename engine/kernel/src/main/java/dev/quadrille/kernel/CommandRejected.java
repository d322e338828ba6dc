package dev.quadrille.kernel;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fact that a command was refused, recorded with its outcome as version 1 of a stream of its own, {@code
 * <context>.command/<commandId>}, so that a saga can compensate.
 *
 * @param commandType the stable name of the command
 * @param stream where it was decided
 * @param command the command itself; null for a reader that does not know its type
 */
public record CommandRejected(
        UUID commandId,
        String commandType,
        StreamId stream,
        String reason,
        String message,
        @Nullable Command command) implements Event {

    /** The aggregate part of the category of the streams that hold rejections. */
    public static final String AGGREGATE = "command";

    /** The stream that holds the rejection of this command and nothing else. */
    public static StreamId streamOf(String context, UUID commandId) {
        return new StreamId(context + "." + AGGREGATE, commandId.toString());
    }
}
