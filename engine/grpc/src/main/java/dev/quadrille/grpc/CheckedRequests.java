package dev.quadrille.grpc;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.Violation;
import build.buf.protovalidate.exceptions.CompilationException;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPath;
import build.buf.validate.FieldPathElement;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.rpc.BadRequest.FieldViolation;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses, before the service sees it, a request that breaks the rules of its proto or of {@link WireMoney}, and a call with
 * none or several where one is due. Refuses by throwing, to {@link CleanErrors}.
 */
final class CheckedRequests implements ServerInterceptor {
    private static final int SHOWN = 60;
    private static final TextFormat.Printer TEXT = TextFormat.printer().emittingSingleLine(true);

    private final Validator validator;

    /** Compiles the rules of all requests, so that a faulty rule stops the start and the first call isn't slow. */
    CheckedRequests(List<ServerServiceDefinition> services) {
        try {
            validator = ValidatorFactory.newBuilder().buildWithDescriptors(requestsOf(services), true);
        } catch (CompilationException e) {
            throw new IllegalArgumentException("a rule of a request is faulty", e);
        }
    }

    private static List<Descriptor> requestsOf(List<ServerServiceDefinition> services) {
        return services.stream()
                .map(service -> service.getServiceDescriptor().getSchemaDescriptor())
                .map(ProtoServiceDescriptorSupplier.class::cast)
                .flatMap(schema -> schema.getServiceDescriptor().getMethods().stream())
                .map(MethodDescriptor::getInputType)
                .distinct()
                .toList();
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        var one = call.getMethodDescriptor().getType().clientSendsOneMessage();
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            private boolean received;

            @Override
            public void onMessage(Q request) {
                if (one && received) {
                    throw GrpcErrors.malformed("the call takes one request message and got more");
                }
                received = true;
                check((Message) request);
                super.onMessage(request);
            }

            @Override
            public void onHalfClose() {
                if (one && !received) {
                    throw GrpcErrors.malformed("the call takes one request message and got none");
                }
                super.onHalfClose();
            }
        };
    }

    private void check(Message request) {
        try {
            var malformed = WireTimes.malformed(request);
            var readable = request.toBuilder();
            malformed.keySet().forEach(readable::clearField);
            var rules = validator.validate(readable.build()).getViolations().stream()
                    .map(CheckedRequests::asFieldViolation)
                    .filter(fault -> malformed.keySet().stream()
                            .noneMatch(field -> field.getName().equals(fault.getField())));
            var violations = Stream.of(rules, malformed.values().stream(), WireMoney.faults(request))
                    .flatMap(faults -> faults)
                    .toList();
            if (!violations.isEmpty()) {
                throw GrpcErrors.invalidArgument(violations);
            }
        } catch (ValidationException e) {
            throw new IllegalStateException(
                    "a rule of " + request.getDescriptorForType().getFullName() + " failed", e);
        }
    }

    private static FieldViolation asFieldViolation(Violation violation) {
        var rule = violation.toProto();
        var value = violation.getFieldValue();
        return GrpcErrors.violation(
                path(rule.getField()), rule.getMessage() + (value == null ? "" : butIs(value.getValue())));
    }

    /** What the value is instead, in a few printable characters, whatever was sent; nothing where that says nothing. */
    private static String butIs(Object value) {
        return switch (value) {
            case String text when text.isEmpty() -> "";
            case String text ->
                ", not \"" + shortened(printable(text.substring(0, Math.min(text.length(), SHOWN)))) + '"';
            case Message message -> ", not {" + shortened(TEXT.printToString(message)) + '}';
            case List<?> list -> ", not " + list.size();
            case EnumValueDescriptor constant -> ", not " + constant.getNumber();
            default -> ", not " + value;
        };
    }

    private static String printable(String text) {
        return TextFormat.escapeBytes(ByteString.copyFromUtf8(text));
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    private static String path(FieldPath path) {
        return path.getElementsList().stream()
                .map(element -> element.getFieldName() + subscript(element))
                .collect(Collectors.joining("."));
    }

    private static String subscript(FieldPathElement element) {
        return switch (element.getSubscriptCase()) {
            case INDEX -> "[" + element.getIndex() + "]";
            case BOOL_KEY -> "[" + element.getBoolKey() + "]";
            case INT_KEY -> "[" + element.getIntKey() + "]";
            case UINT_KEY -> "[" + Long.toUnsignedString(element.getUintKey()) + "]";
            case STRING_KEY -> "[\"" + element.getStringKey() + "\"]";
            case SUBSCRIPT_NOT_SET -> "";
        };
    }
}
