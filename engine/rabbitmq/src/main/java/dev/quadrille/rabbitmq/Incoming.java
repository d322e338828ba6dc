package dev.quadrille.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.LongString;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.UnreadableMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a delivery and trusts nothing in it. Every method throws {@link UnreadableMessage}, naming the place and the
 * value, when something is missing or off. Header names are given without the prefix that the format's names have.
 */
record Incoming(Delivery delivery, String prefix) {

    /** How much of a wrong value a reason shows. */
    private static final int SHOWN = 100;

    /** What is read of a message that may be unreadable; empty if that is. */
    static String orEmpty(Supplier<?> read) {
        try {
            return read.get().toString();
        } catch (UnreadableMessage none) {
            return "";
        }
    }

    String messageId() {
        var id = delivery.getProperties().getMessageId();
        if (id == null || id.isBlank()) {
            throw new UnreadableMessage("The property message_id is missing");
        }
        return id;
    }

    String text(String name) {
        return optional(name).orElseThrow(() -> new UnreadableMessage("The header " + prefix + name + " is missing"));
    }

    UUID uuid(String name) {
        return parse(name, text(name), "a UUID", Incoming::uuidOf);
    }

    Optional<UUID> optionalUuid(String name) {
        return optional(name).map(value -> parse(name, value, "a UUID", Incoming::uuidOf));
    }

    StreamId stream(String name) {
        return parse(name, text(name), "a stream, <context>.<aggregate>/<id>", StreamId::parse);
    }

    Instant instant(String name) {
        return parse(name, text(name), "a time as in RFC 3339", Instant::parse);
    }

    /** A version, sent as a whole number of any size or as text. */
    long version(String name) {
        return parse(name, text(name), "a version: 1, 2, 3 …", text -> {
            var version = Long.parseLong(text);
            if (version < 1) {
                throw new IllegalArgumentException("less than 1");
            }
            return version;
        });
    }

    void expect(String name, String expected) {
        if (!text(name).equals(expected)) {
            throw off("The header " + prefix + name, text(name), "'" + expected + "'", null);
        }
    }

    /** The text of a JSON message. */
    String body() {
        var contentType = String.valueOf(delivery.getProperties().getContentType());
        if (!contentType.matches("(?i)" + Outgoing.CONTENT_TYPE + "\\s*(;.*)?")) {
            throw off("The property content_type", contentType, "'" + Outgoing.CONTENT_TYPE + "'", null);
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(delivery.getBody()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableMessage("The body is not UTF-8", e);
        }
    }

    private Optional<String> optional(String name) {
        return Optional.ofNullable(headers(delivery).get(prefix + name)).map(value -> switch (value) {
            case LongString text -> text.toString();
            case String text -> text;
            case Long number -> number.toString();
            case Integer number -> number.toString();
            case Short number -> number.toString();
            case Byte number -> number.toString();
            default -> throw off("The header " + prefix + name, value.toString(), "text or a whole number", null);
        });
    }

    static Map<String, @Nullable Object> headers(Delivery delivery) {
        var headers = delivery.getProperties().getHeaders();
        return headers == null ? Map.of() : headers;
    }

    private <T> T parse(String name, String value, String expected, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw off("The header " + prefix + name, value, expected, e);
        }
    }

    /** The JDK also takes "1-1-1-1-1". */
    private static UUID uuidOf(String text) {
        var id = UUID.fromString(text);
        if (!id.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("digits are missing");
        }
        return id;
    }

    private static UnreadableMessage off(String what, String value, String expected, @Nullable Throwable cause) {
        var shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
        return new UnreadableMessage(what + " is '" + shown + "', not " + expected, cause);
    }
}
