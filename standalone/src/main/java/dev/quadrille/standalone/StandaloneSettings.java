package dev.quadrille.standalone;

import dev.quadrille.shell.Variables;
import java.nio.file.Path;

/**
 * What the whole system is set up with, beside the settings of its services.
 *
 * @param data {@code DATA_DIR}, where the embedded servers keep what they hold, and the log; {@code data}
 * @param bindAddress {@code BIND_ADDRESS}, on which the services listen: this machine alone unless said otherwise
 * @param embeddedPostgresPort {@code EMBEDDED_POSTGRES_PORT}, 5433
 * @param embeddedAmqpPort {@code EMBEDDED_AMQP_PORT}, 5673
 * @param listenerPort {@code LISTENER_PORT}, as the listener reads it
 * @param queryPort {@code QUERY_PORT}, as the projections read it
 * @param consolePort {@code CONSOLE_PORT}, as the console reads it
 * @param usesGivenDatabase whether {@code POSTGRES_URL} is set
 * @param usesGivenBroker whether {@code AMQP_URL} is set
 */
record StandaloneSettings(
        Path data,
        String bindAddress,
        int embeddedPostgresPort,
        int embeddedAmqpPort,
        int listenerPort,
        int queryPort,
        int consolePort,
        boolean usesGivenDatabase,
        boolean usesGivenBroker) {

    static StandaloneSettings from(Variables variables) {
        return new StandaloneSettings(
                Path.of(variables.text("DATA_DIR", "data")),
                variables.text("BIND_ADDRESS", "127.0.0.1"),
                variables.port("EMBEDDED_POSTGRES_PORT", 5433),
                variables.port("EMBEDDED_AMQP_PORT", 5673),
                variables.port("LISTENER_PORT", 8080),
                variables.port("QUERY_PORT", 8081),
                variables.port("CONSOLE_PORT", 8082),
                !variables.text("POSTGRES_URL", "").isEmpty(),
                !variables.text("AMQP_URL", "").isEmpty());
    }

    Path log() {
        return data.resolve("quadrille.log");
    }

    /** The embedded broker of a system that runs with these settings. */
    String embeddedBroker() {
        return "amqp://quadrille:quadrille@127.0.0.1:" + embeddedAmqpPort;
    }
}
