package dev.quadrille.acceptance;

import static io.grpc.Status.Code.OK;
import static io.grpc.Status.Code.UNAVAILABLE;

import dev.quadrille.acceptance.support.Addresses;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server is stopped for a while under load and started again. Callers are told in time, nothing that was accepted is
 * lost, nothing is parked for it, and everything goes on by itself. Servers that others run are nobody's to stop: where the
 * addresses of a running system are given, there is nothing to do here.
 */
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@MethodSource("systems")
@DisplayNameGeneration(ReplaceUnderscores.class)
@Order(Integer.MAX_VALUE)
class ServersAwayIT {

    private final OwnSystems systems;

    ServersAwayIT(OwnSystems systems) {
        this.systems = systems;
    }

    static Stream<OwnSystems> systems() throws Exception {
        return Addresses.given(System.getenv()).isPresent() ? Stream.of() : Stream.of(OwnSystems.start());
    }

    @Test
    void P1_P10_with_the_broker_away_commands_are_unavailable_and_queries_answered() {
        systems.onEach(system -> new Outage(system, system.servers().broker())
                .happens("console: up\ndomain: down\nlistener: down\nprojections: up\nrelayer: down\n")
                .assertOnly(UNAVAILABLE, OK));
    }

    @Test
    void P6_P10_with_the_database_away_commands_are_accepted_and_queries_unavailable() {
        systems.onEach(system -> new Outage(system, system.servers().database())
                .happens("console: down\ndomain: down\nlistener: up\nprojections: down\nrelayer: down\n")
                .assertOnly(OK, UNAVAILABLE));
    }
}
