package dev.quadrille.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.Unavailable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FaultsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"08001", "08006", "53100", "53300", "57014", "57P01", "57P03", "58030", "25006", "25P03", "55P03"
            })
    void the_server_is_to_blame(String state) {
        var failure = new DataAccessException("select", new SQLException("It is late", state));

        assertThat(Faults.translated(failure))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("It is late")
                .hasCause(failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22021", "23505", "23514", "28P01", "3D000", "40P01", "42601", "42P01", "XX000", ""})
    void the_program_is_to_blame(String state) {
        var failure = new DataAccessException("select", new SQLException("No such thing", state));

        assertThat(Faults.translated(failure)).isSameAs(failure);
    }

    @Test
    void other_failures_stay_what_they_are() {
        var bug = new IllegalStateException("bug");
        var stateless = new DataAccessException("select", new SQLException("no state"));

        assertThat(Faults.translated(bug)).isSameAs(bug);
        assertThat(Faults.translated(stateless)).isSameAs(stateless);
    }

    @Test
    void P10_a_server_that_is_not_there_is_unavailable_to_everyone() throws Exception {
        var settings = new PostgresSettings(
                "jdbc:postgresql://127.0.0.1:" + freePort() + "/ferry",
                "clerk",
                "",
                "test",
                1,
                Duration.ofMillis(300),
                Duration.ofMillis(300));
        try (var pool = Postgres.pool(settings)) {
            var store = new PostgresEventStore(pool);
            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(() -> store.read(new StreamId("ferry.crossing", "tern")));
        }
        assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> EventStoreSchema.migrate(settings));
        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> new LeaderElection(settings, Duration.ofMinutes(1)).tryLead("relay"));
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
