package dev.quadrille.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EmbeddedDatabaseTest {

    @Test
    void what_is_committed_is_there_after_a_restart(@TempDir Path directory) throws Exception {
        try (var database = EmbeddedDatabase.start(directory, 0);
                var connection = connect(database)) {
            execute(connection, "create table kept (n int)");
            execute(connection, "insert into kept values (1)");
        }

        try (var database = EmbeddedDatabase.start(directory, 0);
                var connection = connect(database)) {
            assertThat(query(connection, "select n from kept")).isEqualTo("1");
        }
    }

    @Test
    void what_is_committed_is_there_after_a_kill(@TempDir Path directory) throws Exception {
        try (var database = EmbeddedDatabase.start(directory, 0);
                var connection = connect(database)) {
            execute(connection, "create table kept (n int)");
            execute(connection, "insert into kept values (1)");
            kill(directory);
        }

        try (var database = EmbeddedDatabase.start(directory, 0);
                var connection = connect(database)) {
            assertThat(query(connection, "select n from kept")).isEqualTo("1");
        }
    }

    private static void kill(Path directory) throws IOException {
        var number =
                Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst();
        var postmaster = ProcessHandle.of(Long.parseLong(number)).orElseThrow();
        var processes =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    @Test
    void a_commit_waits_for_the_disk(@TempDir Path directory) throws Exception {
        try (var database = EmbeddedDatabase.start(directory, 0);
                var connection = connect(database)) {
            assertThat(query(connection, "show fsync")).isEqualTo("on");
            assertThat(query(connection, "show synchronous_commit")).isEqualTo("on");
            assertThat(query(connection, "show full_page_writes")).isEqualTo("on");
        }
    }

    @Test
    void a_directory_in_use_is_refused_and_keeps_running(@TempDir Path directory) throws Exception {
        try (var database = EmbeddedDatabase.start(directory, 0)) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(directory, 0))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining(directory.toRealPath().toString())
                    .hasMessageContaining(
                            "is in use by process " + ProcessHandle.current().pid());

            try (var connection = connect(database)) {
                assertThat(query(connection, "select 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void a_taken_port_is_refused_at_once_and_the_directory_let_go(@TempDir Path directory) throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(directory, other.getLocalPort()))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("Port " + other.getLocalPort() + " is taken");
        }

        EmbeddedDatabase.start(directory, 0).close();
    }

    @Test
    void a_server_that_refuses_to_start_says_why(@TempDir Path directory) throws Exception {
        EmbeddedDatabase.start(directory, 0).close();
        Files.writeString(directory.resolve("data/postgresql.conf"), "no such setting");

        assertThatThrownBy(() -> EmbeddedDatabase.start(directory, 0))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("syntax error");
    }

    @Test
    void a_first_start_that_was_cut_short_is_begun_anew(@TempDir Path directory) throws Exception {
        var halfMade = Files.createDirectories(directory.resolve("data"));
        Files.writeString(halfMade.resolve("postgresql.conf"), "half of it");

        EmbeddedDatabase.start(directory, 0).close();
    }

    @Test
    void a_dead_server_whose_number_another_process_has_by_now_does_not_stand_in_the_way(@TempDir Path directory)
            throws Exception {
        EmbeddedDatabase.start(directory, 0).close();
        var thisJvm = ProcessHandle.current();
        Files.writeString(directory.resolve("data/postmaster.pid"), thisJvm.pid() + "\n");

        EmbeddedDatabase.start(directory, 0).close();

        assertThat(thisJvm.isAlive()).isTrue();
    }

    @Test
    void closing_does_not_wait_for_clients() throws Exception {
        var database = EmbeddedDatabase.temporary();
        var client = connect(database);
        client.setAutoCommit(false);
        execute(client, "create table held (n int)");

        var before = Instant.now();
        database.close();

        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThatThrownBy(() -> connect(database)).isInstanceOf(SQLException.class);
        database.close();
    }

    @Test
    void only_this_machine_can_connect() throws Exception {
        try (var connection = connect(EmbeddedDatabase.shared())) {
            assertThat(query(connection, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(connection, "show unix_socket_directories")).isEmpty();
        }
    }

    @Test
    void text_is_ordered_the_same_on_every_machine() throws Exception {
        try (var connection = connect(EmbeddedDatabase.shared())) {
            assertThat(query(
                            connection, "select string_agg(t, '' order by t) from unnest(array['b', 'B', 'é', 'a']) t"))
                    .isEqualTo("Babé");
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl("postgres"), database.user(), database.password());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
