package dev.quadrille.listener;

import dev.quadrille.domain.Installation;
import dev.quadrille.grpc.GrpcServer;
import dev.quadrille.rabbitmq.BrokerSettings;
import dev.quadrille.rabbitmq.ConfirmedPublisher;
import dev.quadrille.rabbitmq.Topology;
import dev.quadrille.shell.Variables;
import java.time.Duration;

/**
 * What the listener is set up with; its text holds no password.
 *
 * @param server {@code BIND_ADDRESS}, all addresses unless said otherwise, and {@code LISTENER_PORT}, 8080
 * @param broker {@code AMQP_URL}
 * @param topology of the whole installation
 * @param maxUnconfirmed {@code MAX_UNCONFIRMED}, how many commands may wait for the broker's confirm before further ones
 *     are refused
 * @param confirmWithin {@code CONFIRM_WITHIN}, how long a call waits for the confirm
 */
record ListenerSettings(
        GrpcServer.Settings server,
        BrokerSettings broker,
        Topology topology,
        int maxUnconfirmed,
        Duration confirmWithin) {

    static ListenerSettings from(Variables variables) {
        return new ListenerSettings(
                new GrpcServer.Settings(variables.bindAddress(), variables.port("LISTENER_PORT", 8080)),
                Installation.broker(variables, "listener"),
                Installation.topology(variables),
                variables.number("MAX_UNCONFIRMED", ConfirmedPublisher.MAX_UNCONFIRMED, 1, 1_000_000),
                variables.duration("CONFIRM_WITHIN", ConfirmedPublisher.CONFIRM_WITHIN, Duration.ofMillis(1)));
    }

    @Override
    public String toString() {
        return server + ", broker " + broker + ", " + topology.partitions().count() + " partitions, at most "
                + maxUnconfirmed + " unconfirmed, each within " + confirmWithin;
    }
}
