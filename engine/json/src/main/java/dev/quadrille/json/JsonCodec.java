package dev.quadrille.json;

import dev.quadrille.json.StoredStep.StoredHandleEvent;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.MessageTypes;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.UnreadableMessage;
import dev.quadrille.kernel.process.ProcessCommand.HandleEvent;
import dev.quadrille.kernel.process.ProcessStepTaken;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.ToStringSerializer;
import tools.jackson.databind.type.LogicalType;

/**
 * Records as JSON objects in camelCase. A record with one component named {@code value} is written as that value, a
 * {@link StreamId} as its text. Unknown fields are ignored, so that a newer writer does not stop an older reader; a
 * missing one is an error.
 */
public final class JsonCodec implements Codec {

    private static final List<CoercionInputShape> SCALARS =
            List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean);

    private final MessageTypes types;
    private final JsonMapper json;
    private final Steps steps;

    /** @param modules how further value types are written, such as money */
    public JsonCodec(MessageTypes types, JacksonModule... modules) {
        this.types = types;
        this.json = JsonMapper.builder()
                .addModule(streamIdsAsText())
                .addModules(modules)
                .annotationIntrospector(
                        AnnotationIntrospector.pair(new ValueRecords(), new JacksonAnnotationIntrospector()))
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> SCALARS.forEach(scalar -> text.setCoercion(scalar, CoercionAction.Fail)))
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        this.steps = new Steps(types, json);
    }

    private static JacksonModule streamIdsAsText() {
        return new SimpleModule("stream-ids")
                .addSerializer(StreamId.class, ToStringSerializer.instance)
                .addDeserializer(StreamId.class, new FromStringDeserializer<>(StreamId.class) {
                    @Override
                    protected StreamId _deserialize(String text, DeserializationContext context) {
                        return StreamId.parse(text);
                    }
                });
    }

    /** The class whose components are written for a message: another than its own where these may be of many types. */
    public static Class<?> writtenAs(Class<?> message) {
        if (message == ProcessStepTaken.class) {
            return StoredStep.class;
        }
        return message == HandleEvent.class ? StoredHandleEvent.class : message;
    }

    @Override
    public Message encode(Object message) {
        var body = switch (message) {
            case CommandRejected rejected -> tree(rejected);
            case ProcessStepTaken step -> steps.stored(step);
            case HandleEvent command -> steps.stored(command);
            default -> message;
        };
        return new Message(types.nameOf(message), json.writeValueAsString(body));
    }

    /** Any value as messages hold it, such as the state of an aggregate, for people. */
    public String show(Object value) {
        return json.writeValueAsString(value);
    }

    @Override
    public Object decode(Message message) {
        var type = types.classOf(message.type())
                .orElseThrow(() -> new UnreadableMessage("No message type '" + message.type() + "' is known here"));
        try {
            var read = read(type, message.body());
            if (read == null) {
                throw new UnreadableMessage("The body of a " + message.type() + " is null");
            }
            return read;
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            throw new UnreadableMessage("The body does not read as " + message.type() + ": " + e.getMessage(), e);
        }
    }

    private @Nullable Object read(Class<?> type, String body) {
        if (type == CommandRejected.class) {
            return rejected(json.readTree(body));
        }
        if (type == ProcessStepTaken.class) {
            return steps.read(json.readValue(body, StoredStep.class));
        }
        if (type == HandleEvent.class) {
            return steps.read(json.readValue(body, StoredHandleEvent.class));
        }
        return json.readValue(body, type);
    }

    /** A rejection carries a command of any type, whose name stands beside it. */
    private ObjectNode tree(CommandRejected rejected) {
        return json.createObjectNode()
                .put("commandId", rejected.commandId().toString())
                .put("commandType", rejected.commandType())
                .put("stream", rejected.stream().toString())
                .put("reason", rejected.reason())
                .put("message", rejected.message())
                .set("command", json.valueToTree(rejected.command()));
    }

    private CommandRejected rejected(JsonNode tree) {
        var commandType = tree.required("commandType").stringValue();
        return new CommandRejected(
                UUID.fromString(tree.required("commandId").stringValue()),
                commandType,
                StreamId.parse(tree.required("stream").stringValue()),
                tree.required("reason").stringValue(),
                tree.required("message").stringValue(),
                command(commandType, tree.required("command")));
    }

    private @Nullable Command command(String commandType, JsonNode body) {
        var type = types.classOf(commandType);
        if (type.isEmpty()) {
            return null;
        }
        if (json.treeToValue(body, type.get()) instanceof Command command) {
            return command;
        }
        throw new UnreadableMessage("The command of a rejection does not read as a command " + commandType);
    }
}
