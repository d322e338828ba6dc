package dev.quadrille.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import java.util.List;

/** Durations of requests, which a client may fill with any numbers, though few of them make sense together. */
final class WireDuration {

    /** What Protocol Buffers allow: about 10,000 years. */
    private static final long LONGEST = 315_576_000_000L;

    private static final int NANOS = 999_999_999;

    private WireDuration() {}

    /** The fields of a request that hold none; the rules of a proto can't be asked about them. */
    static List<FieldDescriptor> malformed(Message request) {
        return request.getAllFields().keySet().stream()
                .filter(field -> field.getJavaType() == JavaType.MESSAGE && !field.isRepeated())
                .filter(field -> request.getField(field) instanceof Duration duration && !isWellFormed(duration))
                .toList();
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
}
