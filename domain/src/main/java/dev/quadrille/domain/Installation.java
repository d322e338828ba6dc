package dev.quadrille.domain;

import dev.quadrille.financing.Financing;
import dev.quadrille.json.JsonCodec;
import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.MessageTypes;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.parking.Parking;
import dev.quadrille.postgres.PostgresSettings;
import dev.quadrille.rabbitmq.BrokerSettings;
import dev.quadrille.rabbitmq.QueueType;
import dev.quadrille.rabbitmq.Topology;
import dev.quadrille.shell.Variables;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the services of one installation have in common: which contexts there are, how their messages are written, which
 * queues carry them, and the variables that say where the servers are. One definition, so that whichever service starts
 * first declares every queue, and no event is published before everyone who must hear it has one.
 */
public final class Installation {

    private Installation() {}

    /** Reads and writes the messages of every context. */
    public static Codec codec() {
        return new JsonCodec(messageTypes(), new MoneyModule());
    }

    /** The stable names of every message of every context. */
    public static MessageTypes messageTypes() {
        return new MessageTypes().registerAll(Financing.messageTypes()).registerAll(Parking.messageTypes());
    }

    /** Every aggregate of every context: what is changed by commands, and whose events are on the bus. */
    public static List<Aggregate<?, ?, ?>> aggregates() {
        return Stream.concat(Financing.aggregates().stream(), Parking.aggregates().stream())
                .toList();
    }

    /** Every queue of every service: {@code PARTITIONS}, 16, and {@code QUEUE_TYPE}, classic. */
    public static Topology topology(Variables variables) {
        return Topology.over(new Partitions(variables.partitions()), variables.choice("QUEUE_TYPE", QueueType.CLASSIC))
                .commands(Financing.CONTEXT)
                .policies(Financing.CONTEXT, Financing.CONTEXT)
                .integration(Financing.CONTEXT, "registering.*")
                .commands(Parking.CONTEXT)
                .interventions("domain")
                .interventions("projections")
                .projections();
    }

    /** The broker at {@code AMQP_URL}, a local one unless said otherwise. */
    public static BrokerSettings broker(Variables variables, String service) {
        return BrokerSettings.of(variables.amqpUrl().toString(), service);
    }

    /**
     * The event store at {@code POSTGRES_URL}, as {@code POSTGRES_USER} with {@code POSTGRES_PASSWORD}; a local one
     * unless said otherwise.
     */
    public static PostgresSettings eventStore(Variables variables, String service) {
        return PostgresSettings.of(
                variables.text("POSTGRES_URL", "jdbc:postgresql://127.0.0.1:5432/quadrille"),
                variables.text("POSTGRES_USER", "postgres"),
                variables.text("POSTGRES_PASSWORD", ""),
                service);
    }
}
