package dev.quadrille.listener;

import dev.quadrille.grpc.GrpcServer;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.rabbitmq.BrokerSettings;
import dev.quadrille.rabbitmq.ConfirmedPublisher;
import dev.quadrille.rabbitmq.QueueType;
import dev.quadrille.shell.Variables;
import java.time.Duration;

/**
 * What the listener is set up with; its text holds no password.
 *
 * @param server {@code BIND_ADDRESS}, all addresses unless said otherwise, and {@code LISTENER_PORT}, 8080
 * @param broker {@code AMQP_URL}
 * @param partitions {@code PARTITIONS}, the same as in all services
 * @param queueType {@code QUEUE_TYPE}, the same as in all services
 * @param maxUnconfirmed {@code MAX_UNCONFIRMED}, how many commands may wait for the broker's confirm before further ones
 *     are refused
 * @param confirmWithin {@code CONFIRM_WITHIN}, how long a call waits for the confirm
 */
record ListenerSettings(
        GrpcServer.Settings server,
        BrokerSettings broker,
        Partitions partitions,
        QueueType queueType,
        int maxUnconfirmed,
        Duration confirmWithin) {

    static ListenerSettings from(Variables variables) {
        return new ListenerSettings(
                new GrpcServer.Settings(variables.bindAddress(), variables.port("LISTENER_PORT", 8080)),
                BrokerSettings.of(variables.amqpUrl().toString(), "listener"),
                new Partitions(variables.partitions()),
                variables.choice("QUEUE_TYPE", QueueType.CLASSIC),
                variables.number("MAX_UNCONFIRMED", ConfirmedPublisher.MAX_UNCONFIRMED, 1, 1_000_000),
                variables.duration("CONFIRM_WITHIN", ConfirmedPublisher.CONFIRM_WITHIN, Duration.ofMillis(1)));
    }
}
