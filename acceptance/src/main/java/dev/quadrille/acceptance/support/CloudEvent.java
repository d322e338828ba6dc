package dev.quadrille.acceptance.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Delivery;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event of financing as it travels on the bus, with every attribute that the contract gives it.
 *
 * @param version its place in its stream: 1, 2, 3 …
 * @param correlationId the command that began it all
 * @param causationId the message that it directly answers
 * @param traceparent of the request that began it all, as W3C Trace Context writes it
 */
public record CloudEvent(
        UUID id,
        FinancingEvent event,
        long version,
        String source,
        Instant time,
        UUID correlationId,
        UUID causationId,
        String traceparent) {

    /** How many partitions the system under test has. */
    public static final int PARTITIONS = Integer.parseInt(System.getenv().getOrDefault("PARTITIONS", "16"));

    static final String HEADER = "cloudEvents:";
    private static final int PERSISTENT = 2;
    /** Refuses bodies with a field more or less than the contract says. */
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** An event of a stream that a client publishes by hand, with ids of its own. */
    static CloudEvent byHand(FinancingEvent event, long version) {
        var request = UUID.randomUUID();
        return new CloudEvent(
                UUID.randomUUID(),
                event,
                version,
                "/acceptance",
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                request,
                request,
                Traceparent.random());
    }

    /**
     * Reads a message and holds it against the contract.
     *
     * @throws IllegalArgumentException if an attribute, the routing key or the body is not as the contract says
     */
    static CloudEvent read(Delivery delivery) {
        var properties = delivery.getProperties();
        var message = new Message(properties);
        message.require("content_type", "application/json", properties.getContentType());
        message.require("delivery_mode", PERSISTENT, properties.getDeliveryMode());
        message.require("specversion", "1.0", message.text("specversion"));
        message.require("message_id", message.text("id"), properties.getMessageId());
        var event = STRICT.readValue(delivery.getBody(), eventNamed(message.text("type")));
        message.require("subject", event.subject(), message.text("subject"));
        if (!(properties.getHeaders().get(HEADER + "streamversion") instanceof Long version)) {
            throw new IllegalArgumentException("streamversion is not a long in " + properties);
        }
        var read = new CloudEvent(
                UUID.fromString(message.text("id")),
                event,
                version,
                message.text("source"),
                OffsetDateTime.parse(message.text("time")).toInstant(),
                UUID.fromString(message.text("correlationid")),
                UUID.fromString(message.text("causationid")),
                Traceparent.checked(message.text("traceparent")));
        message.require("routing key", read.routingKey(), delivery.getEnvelope().getRoutingKey());
        return read;
    }

    private static Class<? extends FinancingEvent> eventNamed(String type) {
        return events(FinancingEvent.class)
                .filter(event -> FinancingEvent.typeOf(event).equals(type))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("Financing has no event " + type));
    }

    private static Stream<Class<? extends FinancingEvent>> events(Class<? extends FinancingEvent> event) {
        return event.isRecord()
                ? Stream.of(event)
                : Arrays.stream(event.getPermittedSubclasses())
                        .flatMap(kind -> events(kind.asSubclass(FinancingEvent.class)));
    }

    /** Where the event happened: {@code <context>.<aggregate>.<Event>.<partition>}. */
    String routingKey() {
        var category = event.subject().substring(0, event.subject().indexOf('/'));
        return category + "." + event.getClass().getSimpleName() + "." + partition();
    }

    /** The partition of its stream. */
    public long partition() {
        var crc = new CRC32();
        crc.update(event.subject().getBytes(UTF_8));
        return crc.getValue() % PARTITIONS;
    }

    BasicProperties properties() {
        var headers = new LinkedHashMap<String, Object>();
        Map.of(
                        "specversion", "1.0",
                        "id", id.toString(),
                        "type", event.type(),
                        "source", source,
                        "subject", event.subject(),
                        "time", time.toString(),
                        "streamversion", version,
                        "correlationid", correlationId.toString(),
                        "causationid", causationId.toString(),
                        "traceparent", traceparent)
                .forEach((name, value) -> headers.put(HEADER + name, value));
        return new BasicProperties.Builder()
                .contentType("application/json")
                .deliveryMode(PERSISTENT)
                .messageId(id.toString())
                .headers(headers)
                .build();
    }

    byte[] body() {
        return STRICT.writeValueAsBytes(event);
    }

    /** The properties of a message while they are read. */
    private record Message(BasicProperties properties) {

        String text(String attribute) {
            var value = header(properties, attribute);
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException("No " + attribute + " in " + properties);
            }
            return value;
        }

        void require(String what, Object expected, @Nullable Object actual) {
            if (!expected.equals(actual)) {
                throw new IllegalArgumentException(
                        "The " + what + " is " + expected + ", not " + actual + ", in " + properties);
            }
        }
    }

    /** An attribute as it travels, and null when the message has none. */
    static @Nullable String header(BasicProperties properties, String attribute) {
        var headers = properties.getHeaders();
        var value = headers == null ? null : headers.get(HEADER + attribute);
        return value == null ? null : value.toString();
    }
}
