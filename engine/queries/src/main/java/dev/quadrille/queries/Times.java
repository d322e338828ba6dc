package dev.quadrille.queries;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoField;

/** Times as the gRPC contract has them. */
public final class Times {

    private Times() {}

    public static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.get(ChronoField.NANO_OF_SECOND))
                .build();
    }
}
