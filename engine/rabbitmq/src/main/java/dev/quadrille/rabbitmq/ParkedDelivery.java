package dev.quadrille.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import dev.quadrille.kernel.DerivedId;
import dev.quadrille.kernel.Parking.Failure;
import dev.quadrille.kernel.Parking.Parked;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A delivery as it is parked: with all that it takes to show it, and to handle it again one day. */
final class ParkedDelivery {

    private static final UUID NAMESPACE = UUID.fromString("7b0d7c0a-3a55-4b0e-9c5b-5a1f0d6e2f11");

    /** A reason may quote a body of megabytes, which is kept beside it anyway. */
    private static final int LONGEST_REASON = 1_000;

    private static final int LONGEST_STACK = 20_000;

    /** So many methods down from where an exception was made tell it from others. */
    private static final int PLACES = 5;

    private static final int FINGERPRINT_LENGTH = 16;

    /** Properties beside the headers, kept as headers that no message has. */
    private static final String OURS = "amqp:";

    /** Of events and of commands, behind what marks them as such. */
    private static final String CORRELATION = ":correlationid";

    private static final String EXCHANGE = OURS + "exchange";
    private static final String ROUTING_KEY = OURS + "routingkey";
    private static final String CONTENT_TYPE = OURS + "contenttype";
    private static final String MESSAGE_ID = OURS + "messageid";

    private ParkedDelivery() {}

    static Parked of(String queue, Delivery delivery, String key, String type, Failure failure, Instant now) {
        var messageId = messageId(delivery);
        return new Parked(
                DerivedId.of(NAMESPACE, queue, messageId),
                queue,
                messageId,
                key,
                type,
                correlation(delivery),
                failure,
                null,
                headers(delivery),
                ByteBuffer.wrap(delivery.getBody()),
                now);
    }

    /** Whatever kind of message it is. */
    private static String correlation(Delivery delivery) {
        return Incoming.headers(delivery).entrySet().stream()
                .filter(header -> header.getKey().endsWith(CORRELATION))
                .map(header -> String.valueOf(header.getValue()))
                .findFirst()
                .orElse("");
    }

    /** How a message failed. Alike are failures in the same places of the code, on messages of one type. */
    static Failure failure(String queue, String type, int attempts, RuntimeException reason) {
        return new Failure(
                attempts,
                shortened(Failures.describe(reason), LONGEST_REASON),
                shortened(stackOf(reason), LONGEST_STACK),
                fingerprint(queue.replaceFirst("\\.[0-9]+$", ""), type, reason));
    }

    private static String fingerprint(String queues, String type, RuntimeException reason) {
        var places = new StringBuilder(queues + "\n" + type);
        for (Throwable cause = reason; cause != null; cause = cause.getCause()) {
            places.append('\n').append(cause.getClass().getName());
            Arrays.stream(cause.getStackTrace())
                    .limit(PLACES)
                    .forEach(place -> places.append('\n')
                            .append(place.getClassName())
                            .append('.')
                            .append(place.getMethodName()));
        }
        return sha256(places.toString().getBytes(UTF_8)).substring(0, FINGERPRINT_LENGTH);
    }

    /** The delivery as it came, to be read once more; it has no tag, as there is nothing to acknowledge. */
    static Delivery again(Parked parked) {
        var body = new byte[parked.body().remaining()];
        parked.body().duplicate().get(body);
        return delivery(parked, parked.headers().get(CONTENT_TYPE), body);
    }

    /** Likewise without what may be wrong with its body. */
    static Delivery withoutBody(Parked parked) {
        return delivery(parked, Outgoing.CONTENT_TYPE, new byte[0]);
    }

    private static Delivery delivery(Parked parked, @Nullable String contentType, byte[] body) {
        var headers = new HashMap<String, Object>(parked.headers());
        headers.keySet().removeIf(name -> name.startsWith(OURS));
        return new Delivery(
                new Envelope(
                        0,
                        true,
                        parked.headers().getOrDefault(EXCHANGE, ""),
                        parked.headers().getOrDefault(ROUTING_KEY, "")),
                new BasicProperties.Builder()
                        .contentType(contentType)
                        .messageId(parked.headers().get(MESSAGE_ID))
                        .headers(headers)
                        .build(),
                body);
    }

    /** Without an id of its own a message is known by its body: the same one again is parked once. */
    private static String messageId(Delivery delivery) {
        var id = delivery.getProperties().getMessageId();
        return id == null || id.isBlank() ? sha256(delivery.getBody()) : id;
    }

    private static Map<String, String> headers(Delivery delivery) {
        var headers = new HashMap<String, String>();
        Incoming.headers(delivery).forEach((name, value) -> headers.put(name, String.valueOf(value)));
        headers.put(EXCHANGE, delivery.getEnvelope().getExchange());
        headers.put(ROUTING_KEY, delivery.getEnvelope().getRoutingKey());
        putIfThere(headers, CONTENT_TYPE, delivery.getProperties().getContentType());
        putIfThere(headers, MESSAGE_ID, delivery.getProperties().getMessageId());
        return headers;
    }

    private static void putIfThere(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }

    private static String stackOf(RuntimeException reason) {
        var text = new StringWriter();
        reason.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
    }
}
