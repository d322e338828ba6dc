package dev.quadrille.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import dev.quadrille.kernel.UnreadableMessage;
import java.util.Map;

/** Messages are texts; a message's key and type are its first letter, and what has a "?" can't be read. */
final class Letters implements MessageFormat<String> {

    static Delivery delivery(long tag, String text) {
        return new Delivery(
                new Envelope(tag, false, "", text),
                new BasicProperties.Builder().messageId(text).build(),
                text.getBytes(UTF_8));
    }

    /** The whole of it, readable or not. */
    static String text(Delivery delivery) {
        return new String(delivery.getBody(), UTF_8);
    }

    static String keyOf(String message) {
        return message.startsWith("?") ? "" : message.substring(0, 1);
    }

    @Override
    public Outgoing write(String message) {
        return new Outgoing("", "", message, Map.of(), message);
    }

    /** Without a body, its routing key stands for what its headers tell. */
    @Override
    public String read(Delivery delivery) {
        if (text(delivery).contains("?")) {
            throw new UnreadableMessage("nobody can read this");
        }
        return text(delivery).isEmpty()
                ? "without body: " + delivery.getEnvelope().getRoutingKey()
                : text(delivery);
    }

    @Override
    public String key(Delivery delivery) {
        return keyOf(text(delivery));
    }

    @Override
    public String type(Delivery delivery) {
        return key(delivery);
    }
}
