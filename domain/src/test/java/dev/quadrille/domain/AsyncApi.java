package dev.quadrille.domain;

import static java.util.Objects.requireNonNull;

import dev.quadrille.json.JsonCodec;
import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.process.Deadline;
import dev.quadrille.rabbitmq.EventMessages;
import dev.quadrille.rabbitmq.Outgoing;
import dev.quadrille.rabbitmq.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;
import tools.jackson.dataformat.yaml.util.StringQuotingChecker;

/**
 * The AsyncAPI 3 document of the bus, {@code docs/asyncapi.yaml}: a channel for each event of each context and for each
 * announcement, with every version of its message. What is on the bus is known from {@link Installation}, what it looks
 * like from the classes and from the samples.
 */
final class AsyncApi {

    private static final YAMLMapper YAML = YAMLMapper.builder(
                    YAMLFactory.builder().stringQuotingChecker(new TimesToo()).build())
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();

    /** To YAML 1.1, a time is text in quotes only. */
    private static final class TimesToo extends StringQuotingChecker.Default {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean needToQuoteValue(String value) {
            return value.matches("\\d{4}-\\d\\d-\\d\\d.*") || super.needToQuoteValue(value);
        }
    }

    private final ObjectNode document = (ObjectNode) resource("/asyncapi.yaml");

    private AsyncApi() {}

    /** The document as the code now is. */
    static ObjectNode document() {
        var api = new AsyncApi();
        for (var exchange : new String[] {Topology.EVENTS, Topology.INTEGRATION_EVENTS}) {
            api.exchange(exchange);
        }
        for (var type : types().entrySet()) {
            if (Event.class.isAssignableFrom(type.getValue())) {
                api.event(type.getKey(), type.getValue());
            } else {
                api.announcement(type.getKey(), type.getValue());
            }
        }
        return api.document;
    }

    /** A document as a file. */
    static String written(ObjectNode document) {
        return YAML.writeValueAsString(document);
    }

    /** Every message that is on the bus, by its name: what is registered and neither command nor deadline, and each context's
     * rejections. */
    static Map<String, Class<?>> types() {
        var types = new TreeMap<>(Installation.messageTypes().all());
        types.values().removeIf(type -> Command.class.isAssignableFrom(type) || Deadline.class.isAssignableFrom(type));
        for (var aggregate : Installation.aggregates()) {
            types.put(context(aggregate.category()) + ".CommandRejected.v1", CommandRejected.class);
        }
        return types;
    }

    /** The sample of a message, the one that shows that it is still read. */
    static JsonNode sample(String type) {
        return resource("/samples/" + type + ".json");
    }

    /** The sample of an event as it is on the bus. */
    static Outgoing published(String type) {
        var body = sample(type);
        var command = UUID.fromString("e0000000-0000-4000-8000-000000000001");
        return new EventMessages(new Partitions(16))
                .write(new EventEnvelope(
                        UUID.fromString("f0000000-0000-4000-8000-000000000001"),
                        // Whatever else an event says, it says first of whom.
                        new StreamId(
                                category(type, requireNonNull(types().get(type))),
                                body.iterator().next().stringValue()),
                        1,
                        Instant.parse("2026-02-28T23:59:59.999999Z"),
                        Lineage.begunBy(command),
                        new Message(type, body.toString())));
    }

    /** The category of the streams in which an event stands. */
    private static String category(String type, Class<?> event) {
        if (event == CommandRejected.class) {
            return context(type) + "." + CommandRejected.AGGREGATE;
        }
        return Installation.aggregates().stream()
                .filter(aggregate -> aggregate.events().isAssignableFrom(event))
                .map(Aggregate::category)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No aggregate of Installation records " + type));
    }

    private static String context(String name) {
        return name.substring(0, name.indexOf('.'));
    }

    private static String unversioned(String type) {
        return type.substring(0, type.lastIndexOf('.'));
    }

    private void exchange(String name) {
        var binding = document.withObject("/components/channelBindings")
                .withObject(name)
                .withObject("amqp");
        binding.put("is", "routingKey");
        binding.withObject("exchange")
                .put("name", name)
                .put("type", "topic")
                .put("durable", true)
                .put("autoDelete", false);
        binding.put("bindingVersion", "0.3.0");
    }

    private void event(String type, Class<?> event) {
        var category = category(type, event);
        var channel = category + unversioned(type).substring(type.indexOf('.'));
        channel(channel, channel + ".{partition}", Topology.EVENTS, type)
                .withObject("parameters")
                .set("partition", reference("/components/parameters/partition"));
        operation("send", channel, "relayed");
        var message = message(type, event);
        message.withArray("traits").add(reference("/components/messageTraits/event"));
        var headers = message.withObject("headers").withArray("allOf");
        headers.add(reference("/components/schemas/CloudEvent"));
        var properties = headers.addObject().withObject("properties");
        properties.withObject("cloudEvents:type").put("const", type);
        properties.withObject("cloudEvents:subject").put("pattern", "^" + category.replace(".", "\\.") + "/.+$");
        var example = message.withArray("examples").addObject();
        new TreeMap<>(published(type).headers())
                .forEach((name, value) -> example.withObject("headers").putPOJO(name, value));
        example.set("payload", sample(type));
    }

    private void announcement(String type, Class<?> announcement) {
        var channel = unversioned(type);
        channel(channel, channel, Topology.INTEGRATION_EVENTS, type);
        operation("receive", channel, "announced");
        message(type, announcement).withArray("examples").addObject().set("payload", sample(type));
    }

    /** Other versions of the message may have made it before. */
    private ObjectNode channel(String name, String address, String exchange, String type) {
        var channel = document.withObject("/channels").withObject(name).put("address", address);
        channel.withObject("messages").set(type, reference("/components/messages/" + type));
        channel.set("bindings", reference("/components/channelBindings/" + exchange));
        return channel;
    }

    private void operation(String action, String channel, String trait) {
        var operation = document.withObject("/operations")
                .withObject(action + "." + channel)
                .put("action", action);
        operation.set("channel", reference("/channels/" + channel));
        operation.putArray("traits").add(reference("/components/operationTraits/" + trait));
    }

    private ObjectNode message(String type, Class<?> of) {
        var message =
                document.withObject("/components/messages").withObject(type).put("name", type);
        message.set("payload", Schemas.of(JsonCodec.writtenAs(of)));
        return message;
    }

    private ObjectNode reference(String to) {
        return document.objectNode().put("$ref", "#" + to);
    }

    private static JsonNode resource(String name) {
        try (var resource = requireNonNull(AsyncApi.class.getResourceAsStream(name), name)) {
            return YAML.readTree(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
