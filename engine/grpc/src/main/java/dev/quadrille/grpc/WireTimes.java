package dev.quadrille.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.rpc.BadRequest.FieldViolation;
import java.util.LinkedHashMap;
import java.util.Map;

/** Durations and times of requests, which a client may fill with any numbers, though few of them make sense together. */
final class WireTimes {

    /** What Protocol Buffers allow: about 10,000 years. */
    private static final long LONGEST = 315_576_000_000L;

    /** What Protocol Buffers allow: 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z. */
    private static final long EARLIEST = -62_135_596_800L;

    private static final long LATEST = 253_402_300_799L;

    private static final int NANOS = 999_999_999;

    private WireTimes() {}

    /** The fields of a request that hold none, each with its fault; the rules of a proto can't be asked about them. */
    static Map<FieldDescriptor, FieldViolation> malformed(Message request) {
        var malformed = new LinkedHashMap<FieldDescriptor, FieldViolation>();
        request.getAllFields().forEach((field, value) -> {
            switch (value) {
                case Duration duration
                when !isWellFormed(duration) ->
                    malformed.put(
                            field,
                            GrpcErrors.violation(
                                    field.getName(),
                                    "must be a duration: seconds and nanos of one sign, nanos below 1000000000"));
                case Timestamp time
                when !isWellFormed(time) ->
                    malformed.put(
                            field,
                            GrpcErrors.violation(
                                    field.getName(), "must be a time: of the years 1 to 9999, nanos 0 to 999999999"));
                default -> {}
            }
        });
        return malformed;
    }

    private static boolean isWellFormed(Duration duration) {
        var seconds = duration.getSeconds();
        var nanos = duration.getNanos();
        return seconds >= -LONGEST
                && seconds <= LONGEST
                && nanos >= -NANOS
                && nanos <= NANOS
                && (seconds >= 0 || nanos <= 0)
                && (seconds <= 0 || nanos >= 0);
    }

    private static boolean isWellFormed(Timestamp time) {
        return time.getSeconds() >= EARLIEST
                && time.getSeconds() <= LATEST
                && time.getNanos() >= 0
                && time.getNanos() <= NANOS;
    }
}
