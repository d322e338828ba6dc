package dev.quadrille.rabbitmq;

import com.rabbitmq.client.Delivery;
import dev.quadrille.kernel.Parking.Parked;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** A delivery as it is parked: with all that it takes to show it, and to handle it again one day. */
final class ParkedDelivery {

    /** A reason may quote a body of megabytes, which is kept beside it anyway. */
    private static final int LONGEST_REASON = 1_000;

    private static final int LONGEST_STACK = 20_000;

    private ParkedDelivery() {}

    static Parked of(String queue, Delivery delivery, String key, int attempts, RuntimeException reason, Instant now) {
        return new Parked(
                queue,
                messageId(delivery),
                key,
                attempts,
                shortened(Failures.describe(reason), LONGEST_REASON),
                shortened(stackOf(reason), LONGEST_STACK),
                headers(delivery),
                ByteBuffer.wrap(delivery.getBody()),
                now);
    }

    /** Without an id of its own a message is known by its body: the same one again is parked once. */
    private static String messageId(Delivery delivery) {
        var id = delivery.getProperties().getMessageId();
        return id == null || id.isBlank() ? sha256(delivery.getBody()) : id;
    }

    private static Map<String, String> headers(Delivery delivery) {
        var headers = new HashMap<String, String>();
        Incoming.headers(delivery).forEach((name, value) -> headers.put(name, String.valueOf(value)));
        headers.put("amqp:exchange", delivery.getEnvelope().getExchange());
        headers.put("amqp:routingkey", delivery.getEnvelope().getRoutingKey());
        headers.put("amqp:contenttype", String.valueOf(delivery.getProperties().getContentType()));
        return headers;
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
