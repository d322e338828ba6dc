package dev.quadrille.commands;

import dev.quadrille.kernel.DerivedId;
import io.grpc.MethodDescriptor;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ids of one call (P2). With a request id they are the same whenever the same is asked under it, and the command's is
 * another as soon as anything else is; without one they are new with each call.
 *
 * @param requestId what the client calls its request, null if it does not
 */
public record CallIds(@Nullable UUID requestId, UUID commandId) {

    /**
     * The ids of a call of this method.
     *
     * @param requestId as the client sent it: a UUID, or empty
     * @param values everything else that was asked, in an order that never changes: each of a type whose text is the same
     *     for all ways of writing the value
     */
    public static CallIds of(String requestId, MethodDescriptor<?, ?> method, Object... values) {
        if (requestId.isEmpty()) {
            return new CallIds(null, UUID.randomUUID());
        }
        var namespace = UUID.fromString(requestId);
        return new CallIds(
                namespace,
                DerivedId.of(
                        namespace,
                        Stream.concat(Stream.of(method.getFullMethodName()), Stream.of(values))
                                .toArray()));
    }

    /** The id of what the command creates, such as {@code invoice}. */
    public UUID created(String what) {
        return DerivedId.of(commandId, what);
    }
}
