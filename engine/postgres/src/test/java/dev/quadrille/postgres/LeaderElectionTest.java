package dev.quadrille.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quadrille.kernel.Checkpoints;
import dev.quadrille.kernel.Unavailable;
import dev.quadrille.testkit.CheckpointsContract;
import dev.quadrille.testkit.Collision;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.quadrille.postgres.TestDatabase#withEventStore")
@DisplayNameGeneration(ReplaceUnderscores.class)
class LeaderElectionTest {

    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final TestDatabase database;

    private LeaderElection election;
    private LeaderSession leader;

    LeaderElectionTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void elect() {
        election = new LeaderElection(database.cleared().settings(), SILENCE);
        leader = election.tryLead("relay").orElseThrow();
    }

    @AfterEach
    void resign() {
        leader.close();
    }

    @Nested
    class CheckpointsOfTheLeader extends CheckpointsContract {

        @Override
        protected Checkpoints empty() {
            return leader;
        }
    }

    @Test
    void while_one_leads_nobody_else_does() {
        assertThat(election.tryLead("relay")).isEmpty();
        assertThat(new LeaderElection(database.settings(), SILENCE).tryLead("relay"))
                .isEmpty();
    }

    @Test
    void of_those_who_stand_at_once_exactly_one_leads() throws Exception {
        var sessions = Collision.of(6, _ -> () -> election.tryLead("vacant"));

        assertThat(sessions.stream().flatMap(Optional::stream)).hasSize(1);
        sessions.forEach(session -> session.ifPresent(LeaderSession::close));
    }

    @Test
    void different_things_are_led_apart() {
        try (var other = election.tryLead("archive").orElseThrow()) {
            other.save("archive", 7);
        }
    }

    @Test
    void a_leader_that_resigns_is_followed_at_once_where_it_had_come_to() {
        leader.save("relay", 42);
        leader.close();
        leader.close();

        try (var next = election.tryLead("relay").orElseThrow()) {
            assertThat(next.load("relay")).isEqualTo(42);
        }
    }

    @Test
    void P4_a_leader_that_has_lost_its_session_moves_nothing_and_is_followed_at_once() {
        leader.save("relay", 42);
        terminateLeader();

        try (var next = election.tryLead("relay").orElseThrow()) {
            next.save("relay", 50);
            assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> leader.save("relay", 43));
            assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> leader.load("relay"));
            assertThat(next.load("relay")).isEqualTo(50);
        }
    }

    @Test
    void P4_a_leader_that_stands_still_has_lost_the_lead() {
        var hasty = new LeaderElection(database.settings(), Duration.ofMillis(50));
        try (var former = hasty.tryLead("other").orElseThrow();
                var next = awaitLead("other")) {
            assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> former.save("other", 1));
            next.save("other", 2);
        }
    }

    private LeaderSession awaitLead(String name) {
        return Stream.generate(() -> election.tryLead(name))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    private void terminateLeader() {
        var terminated = new Database(database.pool()).run(jooq -> jooq.fetchValue("""
                        select pg_terminate_backend(pid, 10000) from pg_locks
                        where locktype = 'advisory' and objsubid = 1
                            and database = (select oid from pg_database where datname = current_database())"""));
        assertThat(terminated).isEqualTo(true);
    }

    @Test
    void the_server_notices_in_seconds_that_the_leaders_host_has_vanished() throws Exception {
        try (var connection = Postgres.connect(database.settings());
                var session = new LeaderSession(connection)) {
            session.lock("other", SILENCE);

            var settings = new Database(connection).run(jooq -> jooq.fetch("""
                    select setting from pg_settings where name in
                    ('tcp_keepalives_idle', 'tcp_keepalives_interval', 'tcp_keepalives_count') order by name"""));
            assertThat(settings.getValues(0, int.class)).containsExactly(3, 2, 1);
        }
    }
}
