package dev.quadrille.projections;

import dev.quadrille.domain.Installation;
import dev.quadrille.grpc.GrpcServer;
import dev.quadrille.postgres.PostgresSettings;
import dev.quadrille.rabbitmq.BrokerSettings;
import dev.quadrille.rabbitmq.Topology;
import dev.quadrille.shell.Variables;

/**
 * What the projections are set up with; its text holds no password.
 *
 * @param server {@code BIND_ADDRESS}, all addresses unless said otherwise, and {@code QUERY_PORT}, 8081
 * @param eventStore where outcomes and what has happened are read
 * @param tables {@code QUERIES_POSTGRES_URL}, unless said otherwise the database {@code queries} beside the event store;
 *     with the event store's user and password
 */
record ProjectionsSettings(
        GrpcServer.Settings server,
        PostgresSettings eventStore,
        PostgresSettings tables,
        BrokerSettings broker,
        Topology topology) {

    private static final String SERVICE = "projections";

    static ProjectionsSettings from(Variables variables) {
        var eventStore = Installation.eventStore(variables, SERVICE);
        return new ProjectionsSettings(
                new GrpcServer.Settings(variables.bindAddress(), variables.port("QUERY_PORT", 8081)),
                eventStore,
                new PostgresSettings(
                        variables.text(
                                "QUERIES_POSTGRES_URL",
                                eventStore.withDatabase("queries").url()),
                        eventStore.user(),
                        eventStore.password(),
                        SERVICE,
                        eventStore.poolSize(),
                        eventStore.connectWithin(),
                        eventStore.timeLimit()),
                Installation.broker(variables, SERVICE),
                Installation.topology(variables));
    }

    @Override
    public String toString() {
        return server + ", event store " + eventStore + ", tables " + tables + ", broker " + broker + ", "
                + topology.partitions().count() + " partitions";
    }
}
