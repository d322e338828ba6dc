package dev.quadrille.listener;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P9: a malformed request is answered with every fault it has, and leaves no trace. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BadRequestsTest {

    private final TestService service = new TestService();

    @AfterEach
    void close() {
        service.close();
    }

    @ParameterizedTest
    @MethodSource("dev.quadrille.listener.Requests#required")
    void P9_a_missing_field_is_named(MethodDescriptor method, FieldDescriptor field) {
        var request = Requests.without(field, Requests.wellFormed(method.getInputType()));

        assertThat(faultyFields(method, request)).containsExactly(field.getName());
    }

    @ParameterizedTest
    @MethodSource("dev.quadrille.listener.Requests#malformed")
    void P9_a_malformed_field_is_named(MethodDescriptor method, FieldDescriptor field, Object value) {
        var request = Requests.with(field, value, Requests.wellFormed(method.getInputType()));

        assertThat(faultyFields(method, request)).containsExactly(field.getName());
    }

    @ParameterizedTest
    @MethodSource("dev.quadrille.listener.Requests#methods")
    void P9_all_faults_of_a_request_are_told_together(MethodDescriptor method) {
        var request = Requests.allMalformed(method.getInputType());

        assertThat(faultyFields(method, request))
                .containsExactlyInAnyOrderElementsOf(method.getInputType().getFields().stream()
                        .map(FieldDescriptor::getName)
                        .toList());
    }

    private List<String> faultyFields(MethodDescriptor method, DynamicMessage request) {
        var error = catchThrowableOfType(StatusRuntimeException.class, () -> service.call(method, request));
        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(service.enqueued()).isEmpty();
        return requireNonNull(StatusProto.fromThrowable(error)).getDetailsList().stream()
                .filter(detail -> detail.is(BadRequest.class))
                .flatMap(detail -> unpack(detail).getFieldViolationsList().stream())
                .map(FieldViolation::getField)
                .toList();
    }

    private static BadRequest unpack(Any detail) {
        try {
            return detail.unpack(BadRequest.class);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
