package dev.quadrille.domain;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.StreamId;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON schemas of records as {@link Installation#codec()} writes them. Like the codec, it knows no business. */
final class Schemas {

    /** Where the schemas that have a name stand in the document. */
    static final String NAMED = "#/components/schemas/";

    private static final Set<Class<?>> HAVE_A_NAME = Set.of(Money.class, CurrencyUnit.class);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Schemas() {}

    /**
     * The schema of a message or of a value in it.
     *
     * @throws IllegalArgumentException if it is of a kind that no message has had so far
     */
    static ObjectNode of(Type type) {
        return switch (type) {
            case Class<?> named
            when HAVE_A_NAME.contains(named) -> JSON.objectNode().put("$ref", NAMED + named.getSimpleName());
            case Class<?> text when text == String.class || text == StreamId.class -> typed("string");
            case Class<?> id when id == UUID.class -> typed("string").put("format", "uuid");
            case Class<?> time when time == Instant.class -> typed("string").put("format", "date-time");
            case Class<?> flag when flag == boolean.class -> typed("boolean");
            case Class<?> number when number == int.class || number == long.class -> typed("integer");
            case Class<?> any when any == Command.class || any == JsonNode.class -> typed("object");
            case Class<?> wait when wait == Duration.class -> typed("string").put("format", "duration");
            case Class<?> either when either.isSealed() -> oneOf(either);
            case Class<?> constants when constants.isEnum() -> constants(constants);
            case Class<?> value when isValueRecord(value) -> of(value.getRecordComponents()[0].getGenericType());
            case Class<?> object when object.isRecord() -> object(object);
            case ParameterizedType list
            when list.getRawType() instanceof Class<?> raw && Collection.class.isAssignableFrom(raw) ->
                typed("array").set("items", of(list.getActualTypeArguments()[0]));
            default ->
                throw new IllegalArgumentException(
                        "How is " + type.getTypeName() + " written? Say so in " + Schemas.class.getName());
        };
    }

    /** As the codec sees it: written as its value. */
    private static boolean isValueRecord(Class<?> type) {
        return type.isRecord()
                && type.getRecordComponents().length == 1
                && type.getRecordComponents()[0].getName().equals("value");
    }

    private static ObjectNode constants(Class<?> type) {
        var schema = typed("string");
        Stream.of(type.getEnumConstants())
                .forEach(constant -> schema.withArray("enum").add(constant.toString()));
        return schema;
    }

    /** Told apart by the kind that stands first. */
    private static ObjectNode oneOf(Class<?> type) {
        var schema = JSON.objectNode();
        for (var kind : requireNonNull(type.getAnnotation(JsonSubTypes.class)).value()) {
            var object = typed("object");
            object.withObject("properties").withObject("kind").put("const", kind.name());
            object.withArray("required").add("kind");
            var fields = object(kind.value());
            fields.path("properties")
                    .forEachEntry((field, of) -> object.withObject("properties").set(field, of));
            fields.path("required")
                    .forEach(field -> object.withArray("required").add(field));
            schema.withArray("oneOf").add(object);
        }
        return schema;
    }

    private static ObjectNode object(Class<?> type) {
        var schema = typed("object");
        for (var component : type.getRecordComponents()) {
            schema.withObject("properties").set(component.getName(), component(component));
            schema.withArray("required").add(component.getName());
        }
        return schema;
    }

    private static ObjectNode component(RecordComponent component) {
        var schema = of(component.getGenericType());
        AnnotatedElement annotated = component.getAnnotatedType();
        return annotated.isAnnotationPresent(Nullable.class) ? orNull(schema) : schema;
    }

    private static ObjectNode orNull(ObjectNode schema) {
        var either = JSON.objectNode();
        either.withArray("anyOf").add(schema).add(typed("null"));
        return either;
    }

    private static ObjectNode typed(String type) {
        return JSON.objectNode().put("type", type);
    }
}
