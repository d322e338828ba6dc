package dev.quadrille.projections;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * How a call was refused.
 *
 * @param reason empty if the other side did not come to say one
 * @param fields those with a violation
 */
record Refusal(Status.Code code, String reason, List<String> fields) {

    static Refusal of(ThrowingCallable call) {
        var error = catchThrowableOfType(StatusRuntimeException.class, call);
        if (error == null) {
            throw new AssertionError("The call was not refused");
        }
        return of(error);
    }

    static Refusal of(StatusRuntimeException error) {
        var reason = "";
        var fields = List.<String>of();
        try {
            for (var detail : StatusProto.fromThrowable(error).getDetailsList()) {
                if (detail.is(ErrorInfo.class)) {
                    reason = detail.unpack(ErrorInfo.class).getReason();
                } else if (detail.is(BadRequest.class)) {
                    fields = detail.unpack(BadRequest.class).getFieldViolationsList().stream()
                            .map(FieldViolation::getField)
                            .toList();
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        return new Refusal(error.getStatus().getCode(), reason, fields);
    }
}
