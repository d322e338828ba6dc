package dev.quadrille.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.util.List;

/** Timestamps of requests, which a client may fill with any numbers, though not all of them are a time. */
final class WireTimestamp {

    /** What Protocol Buffers allow: the years 1 to 9999. */
    private static final long FIRST = -62_135_596_800L;

    private static final long LAST = 253_402_300_799L;
    private static final int NANOS = 999_999_999;

    private WireTimestamp() {}

    /** The fields of a request that hold none; the rules of a proto can't be asked about them. */
    static List<FieldDescriptor> malformed(Message request) {
        return request.getAllFields().keySet().stream()
                .filter(field -> field.getJavaType() == JavaType.MESSAGE && !field.isRepeated())
                .filter(field -> request.getField(field) instanceof Timestamp time && !isWellFormed(time))
                .toList();
    }

    private static boolean isWellFormed(Timestamp time) {
        return time.getSeconds() >= FIRST
                && time.getSeconds() <= LAST
                && time.getNanos() >= 0
                && time.getNanos() <= NANOS;
    }
}
