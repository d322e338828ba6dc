package dev.quadrille.rabbitmq;

import com.rabbitmq.client.Connection;
import java.util.HashMap;
import java.util.Map;

/** How queues are kept. The one place that knows one broker from another. */
public enum QueueType {

    /** On one node; every AMQP 0-9-1 broker has them. */
    CLASSIC,

    /** On several nodes of a RabbitMQ cluster; no other broker has them. No message is dropped for being delivered often. */
    QUORUM;

    /** Since version 4, RabbitMQ drops what a quorum queue has delivered 20 times, and only since then it takes a −1. */
    private static final int FIRST_WITH_DELIVERY_LIMIT = 4;

    Map<String, Object> arguments(Connection connection) {
        var arguments = new HashMap<String, Object>(Map.of("x-single-active-consumer", true));
        if (this == QUORUM) {
            arguments.put("x-queue-type", "quorum");
            if (majorVersion(connection) >= FIRST_WITH_DELIVERY_LIMIT) {
                arguments.put("x-delivery-limit", -1);
            }
        }
        return arguments;
    }

    private static int majorVersion(Connection connection) {
        var version = String.valueOf(connection.getServerProperties().get("version"));
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }
}
