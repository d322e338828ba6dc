package dev.quadrille.relayer;

import dev.quadrille.domain.Installation;
import dev.quadrille.postgres.PostgresSettings;
import dev.quadrille.rabbitmq.BrokerSettings;
import dev.quadrille.rabbitmq.Topology;
import dev.quadrille.shell.Variables;
import java.time.Duration;

/**
 * What the relayer is set up with; its text holds no password.
 *
 * @param interval {@code RELAY_INTERVAL}, how often the event store is asked for news, 100 ms
 * @param leadLostAfter {@code LEAD_LOST_AFTER}, for how long a leader may be silent before another takes over, 45 s: it
 *     may have to wait for an append, and for the confirms of a batch
 */
record RelayerSettings(
        PostgresSettings eventStore,
        BrokerSettings broker,
        Topology topology,
        Duration interval,
        Duration leadLostAfter) {

    static RelayerSettings from(Variables variables) {
        return new RelayerSettings(
                Installation.eventStore(variables, "relayer"),
                Installation.broker(variables, "relayer"),
                Installation.topology(variables),
                variables.duration("RELAY_INTERVAL", Duration.ofMillis(100), Duration.ofMillis(1)),
                variables.duration("LEAD_LOST_AFTER", Duration.ofSeconds(45), Duration.ofSeconds(1)));
    }

    @Override
    public String toString() {
        return "event store " + eventStore + ", broker " + broker + ", "
                + topology.partitions().count() + " partitions, every " + interval.toMillis()
                + " ms, lead lost after " + leadLostAfter.toSeconds() + " s";
    }
}
