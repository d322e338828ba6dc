package dev.quadrille.grpc;

import static java.util.stream.Collectors.joining;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;

/**
 * Every error that a client may see: a {@code google.rpc.Status} with one {@link ErrorInfo}, for services to throw or to
 * give to {@code onError}.
 *
 * <p>A reason is for programs, in UPPER_SNAKE_CASE, and never changes; a message is a sentence for people.
 */
public final class GrpcErrors {
    /** The domain of every {@link ErrorInfo}. */
    public static final String DOMAIN = "quadrille";

    /**
     * How many bytes of violations an error may tell. They go into its trailers twice, as details and as text, and once more
     * in Base64; many clients, those of grpc-java among them, take 8 KiB of trailers and see INTERNAL where there is more.
     */
    private static final int ROOM_FOR_VIOLATIONS = 1_800;

    private GrpcErrors() {}

    /** A fault of one field of a request, named by its path in the proto, such as {@code amount.units} or {@code ids[2]}. */
    public static FieldViolation violation(String field, String description) {
        return FieldViolation.newBuilder()
                .setField(field)
                .setDescription(description)
                .build();
    }

    /**
     * A malformed request, with one violation per fault; of very many faults, with the first ones and the number of the
     * others.
     */
    public static StatusRuntimeException invalidArgument(List<FieldViolation> violations) {
        var told = violations.subList(0, fitting(violations));
        var others = violations.size() - told.size();
        var message = told.stream()
                .map(violation -> violation.getField() + ": " + violation.getDescription())
                .collect(joining("; "));
        return error(
                Code.INVALID_ARGUMENT,
                "INVALID_REQUEST",
                others == 0 ? message : message + "; and " + others + " more",
                BadRequest.newBuilder().addAllFieldViolations(told).build());
    }

    private static int fitting(List<FieldViolation> violations) {
        var room = ROOM_FOR_VIOLATIONS;
        for (var count = 0; count < violations.size(); count++) {
            room -= violations.get(count).getSerializedSize();
            if (room < 0) {
                return count;
            }
        }
        return violations.size();
    }

    /** A call without a request that could be read, and so without a field to blame. */
    static StatusRuntimeException malformed(String message) {
        return error(Code.INVALID_ARGUMENT, "MALFORMED_REQUEST", message);
    }

    /** No such thing to read. */
    public static StatusRuntimeException notFound(String reason, String message) {
        return error(Code.NOT_FOUND, reason, message);
    }

    /** Something that the call needs is away and nothing was done: the client may try again later. */
    public static StatusRuntimeException unavailable(String reason, String message) {
        return error(Code.UNAVAILABLE, reason, message);
    }

    /** Too much at once and nothing was done: the client may try again later. */
    public static StatusRuntimeException resourceExhausted(String reason, String message) {
        return error(Code.RESOURCE_EXHAUSTED, reason, message);
    }

    /** Not known in time, and for a command: not known whether it was done. */
    public static StatusRuntimeException deadlineExceeded(String reason, String message) {
        return error(Code.DEADLINE_EXCEEDED, reason, message);
    }

    /** A bug of ours. What it is stands in the log and is no client's business. */
    static StatusRuntimeException internal() {
        return error(Code.INTERNAL, "INTERNAL_ERROR", "");
    }

    private static StatusRuntimeException error(Code code, String reason, String message, Message... details) {
        var status = com.google.rpc.Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(message)
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setDomain(DOMAIN)
                        .setReason(reason)
                        .build()));
        for (var detail : details) {
            status.addDetails(Any.pack(detail));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }
}
