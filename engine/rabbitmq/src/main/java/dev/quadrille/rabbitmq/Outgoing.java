package dev.quadrille.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.Map;

/**
 * A message ready to be published: persistent JSON.
 *
 * @param messageId by which the broker's returns are recognized; the same only on repeats of the same message
 * @param headers of types that AMQP knows: text, whole numbers
 */
public record Outgoing(String exchange, String routingKey, String messageId, Map<String, Object> headers, String body) {

    static final String CONTENT_TYPE = "application/json";
    private static final int PERSISTENT = 2;

    public Outgoing {
        headers = Map.copyOf(headers);
    }

    BasicProperties properties() {
        return new BasicProperties.Builder()
                .contentType(CONTENT_TYPE)
                .messageId(messageId)
                .deliveryMode(PERSISTENT)
                .headers(headers)
                .build();
    }
}
