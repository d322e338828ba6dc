package org.example.lending.service;

import dev.quadrille.grpc.GrpcServer;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.kernel.process.Processes;
import dev.quadrille.rabbitmq.QueueType;
import dev.quadrille.rabbitmq.Topology;
import dev.quadrille.shell.Variables;
import java.nio.file.Path;
import java.time.Duration;
import org.example.lending.Lending;

/**
 * What the system is set up with, by environment variables or by {@code --NAME=value}.
 *
 * @param server {@code BIND_ADDRESS}, this machine alone, and {@code PORT}, 8080
 * @param data {@code DATA_DIR}, where the embedded servers keep what they hold, {@code data}
 * @param postgresUrl {@code POSTGRES_URL} of the event store, with {@code POSTGRES_USER} and {@code POSTGRES_PASSWORD}; empty
 *     for the embedded one
 * @param amqpUrl {@code AMQP_URL}; empty for the embedded broker
 * @param embeddedPostgresPort {@code EMBEDDED_POSTGRES_PORT}, 5433
 * @param embeddedAmqpPort {@code EMBEDDED_AMQP_PORT}, 5673
 * @param topology {@code PARTITIONS}, over how many queues streams are spread, 16
 * @param loanPeriod {@code LOAN_PERIOD}, for how long copies are lent, 28 days
 */
record Settings(
        GrpcServer.Settings server,
        Path data,
        String postgresUrl,
        String postgresUser,
        String postgresPassword,
        String amqpUrl,
        int embeddedPostgresPort,
        int embeddedAmqpPort,
        Topology topology,
        Duration loanPeriod) {

    static Settings from(Variables variables) {
        return new Settings(
                new GrpcServer.Settings(variables.text("BIND_ADDRESS", "127.0.0.1"), variables.port("PORT", 8080)),
                Path.of(variables.text("DATA_DIR", "data")),
                variables.text("POSTGRES_URL", ""),
                variables.text("POSTGRES_USER", "postgres"),
                variables.text("POSTGRES_PASSWORD", ""),
                variables.text("AMQP_URL", ""),
                variables.port("EMBEDDED_POSTGRES_PORT", 5433),
                variables.port("EMBEDDED_AMQP_PORT", 5673),
                topology(variables),
                variables.duration("LOAN_PERIOD", Duration.ofDays(28), Duration.ofMillis(1)));
    }

    /** Every queue: one definition, so that no event is published before everyone who must hear it has one. */
    private static Topology topology(Variables variables) {
        return Topology.over(new Partitions(variables.partitions()), variables.choice("QUEUE_TYPE", QueueType.CLASSIC))
                .commands(Lending.CONTEXT)
                .policies(Lending.CONTEXT, Lending.CONTEXT)
                .commands(Processes.CONTEXT)
                .policies(Processes.CONTEXT, Processes.CONTEXT)
                .events("inputs." + Processes.CONTEXT, Lending.CONTEXT + ".*.*")
                .projections();
    }

    @Override
    public String toString() {
        return server + ", " + (postgresUrl.isEmpty() ? "embedded PostgreSQL" : "given PostgreSQL") + ", "
                + (amqpUrl.isEmpty() ? "embedded broker" : "given broker") + ", "
                + topology.partitions().count() + " partitions, copies lent for " + loanPeriod;
    }
}
