package dev.quadrille.listener;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import com.google.type.Money;
import dev.quadrille.proto.financing.v1.CommandServiceOuterClass;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Requests of every method there is, made from its proto, so that no method and no field is forgotten in a test. */
final class Requests {

    static final String ID = "0198c0de-0000-7000-8000-00000000000a";

    private static final String OTHER_ID = "0198c0de-0000-7000-8000-00000000000b";

    private Requests() {}

    static Stream<MethodDescriptor> methods() {
        return Stream.of(
                        CommandServiceOuterClass.getDescriptor(),
                        dev.quadrille.proto.billing.v1.CommandServiceOuterClass.getDescriptor(),
                        dev.quadrille.proto.reports.v1.CommandServiceOuterClass.getDescriptor(),
                        dev.quadrille.proto.catering.v1.CommandServiceOuterClass.getDescriptor(),
                        dev.quadrille.proto.process.v1.CommandServiceOuterClass.getDescriptor(),
                        dev.quadrille.proto.demo.v1.CommandServiceOuterClass.getDescriptor(),
                        dev.quadrille.proto.parking.v1.CommandServiceOuterClass.getDescriptor())
                .flatMap(file -> file.getServices().stream())
                .flatMap(service -> service.getMethods().stream());
    }

    /** Each field of each request, with its method. */
    static Stream<Arguments> fields() {
        return methods()
                .flatMap(
                        method -> method.getInputType().getFields().stream().map(field -> Arguments.of(method, field)));
    }

    static DynamicMessage wellFormed(Descriptor type) {
        var request = DynamicMessage.newBuilder(type);
        type.getFields().forEach(field -> request.setField(field, value(field, ID, 500_000_000)));
        return request.build();
    }

    static DynamicMessage withAnother(FieldDescriptor field, DynamicMessage request) {
        return with(field, value(field, OTHER_ID, 510_000_000), request);
    }

    static DynamicMessage with(FieldDescriptor field, Object value, DynamicMessage request) {
        return request.toBuilder().setField(field, value).build();
    }

    static DynamicMessage without(FieldDescriptor field, DynamicMessage request) {
        return request.toBuilder().clearField(field).build();
    }

    /** The same request with its ids in upper case, and a field that no proto knows. */
    static DynamicMessage rewritten(DynamicMessage request) {
        var rewritten = request.toBuilder();
        request.getAllFields().forEach((field, value) -> {
            if (field.getName().endsWith("_id")) {
                rewritten.setField(field, value.toString().toUpperCase(Locale.ROOT));
            }
        });
        var unknown = Field.newBuilder().addVarint(1).build();
        return rewritten
                .setUnknownFields(
                        UnknownFieldSet.newBuilder().addField(999, unknown).build())
                .build();
    }

    static Money money(String currency, long units, int nanos) {
        return Money.newBuilder()
                .setCurrencyCode(currency)
                .setUnits(units)
                .setNanos(nanos)
                .build();
    }

    private static Object value(FieldDescriptor field, String id, int nanos) {
        return isMoney(field)
                ? money("EUR", 20, nanos)
                : switch (field.getName()) {
                    case "on" -> id.equals(ID);
                    case "pause" ->
                        Duration.newBuilder().setSeconds(3).setNanos(nanos).build();
                    case "offers_end_at" ->
                        Timestamp.newBuilder()
                                .setSeconds(4_000_000_000L)
                                .setNanos(nanos)
                                .build();
                    case "stream" -> "financing.invoice/" + id;
                    case "fingerprint" -> id.replace("-", "").substring(16);
                    case "reason", "description" -> "Because of " + id;
                    default -> id;
                };
    }

    private static boolean isMoney(FieldDescriptor field) {
        return field.getJavaType() == JavaType.MESSAGE && field.getMessageType().equals(Money.getDescriptor());
    }
}
