package dev.quadrille.domain;

import dev.quadrille.postgres.PostgresSettings;
import dev.quadrille.rabbitmq.BrokerSettings;
import dev.quadrille.rabbitmq.Topology;
import dev.quadrille.shell.Variables;
import java.time.Duration;

/**
 * What the domain is set up with; its text holds no password.
 *
 * @param outcomesKept {@code OUTCOMES_KEPT}, for how long the outcome of a command can be asked for, 30 days
 */
record DomainSettings(PostgresSettings eventStore, BrokerSettings broker, Topology topology, Duration outcomesKept) {

    static DomainSettings from(Variables variables) {
        return new DomainSettings(
                Installation.eventStore(variables, "domain"),
                Installation.broker(variables, "domain"),
                Installation.topology(variables),
                variables.duration("OUTCOMES_KEPT", Duration.ofDays(30), Duration.ofHours(1)));
    }

    @Override
    public String toString() {
        return "event store " + eventStore + ", broker " + broker + ", "
                + topology.partitions().count() + " partitions, outcomes kept " + outcomesKept.toDays() + " days";
    }
}
