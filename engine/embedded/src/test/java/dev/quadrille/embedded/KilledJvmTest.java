package dev.quadrille.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P13, as far as the embedded servers go. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KilledJvmTest {

    @TempDir
    Path home;

    @Test
    void P13_what_was_committed_and_confirmed_survives_the_kill_of_the_JVM() throws Exception {
        var jvm = startServers();
        var safe = awaitNumber(jvm, 100);
        var orphan = postmaster();
        jvm.destroyForcibly().waitFor();
        assertThat(orphan.isAlive()).isTrue();

        try (var database = EmbeddedDatabase.start(home.resolve("database"), 0);
                var broker = EmbeddedBroker.start(home.resolve("broker"), 0)) {
            assertThat(orphan.onExit()).succeedsWithin(Duration.ofSeconds(10));
            assertThat(rows(database)).startsWith(safe);
            assertThat(messages(broker)).startsWith(safe);
        }
    }

    @Test
    void a_directory_in_use_by_another_JVM_is_refused_for_as_long_as_that_lives() throws Exception {
        var jvm = startServers();
        awaitNumber(jvm, 1);

        assertThatThrownBy(() -> EmbeddedDatabase.start(home.resolve("database"), 0))
                .isInstanceOf(StartFailure.class)
                .hasMessage(inUse("database", jvm));
        assertThatThrownBy(() -> EmbeddedBroker.start(home.resolve("broker"), 0))
                .isInstanceOf(StartFailure.class)
                .hasMessage(inUse("broker", jvm));

        awaitNumber(jvm, 10);
        jvm.destroyForcibly().waitFor();
        EmbeddedDatabase.start(home.resolve("database"), 0).close();
        EmbeddedBroker.start(home.resolve("broker"), 0).close();
    }

    private Process startServers() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServersToKill.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Reads what the servers tell until they have stored that number, and returns all that is stored for certain. */
    private static Integer[] awaitNumber(Process jvm, int number) throws IOException {
        var line = "";
        while (!line.equals(Integer.toString(number))) {
            line = jvm.inputReader(UTF_8).readLine();
            assertThat(line).as("told by the servers").isNotNull();
        }
        return IntStream.rangeClosed(1, number).boxed().toArray(Integer[]::new);
    }

    private ProcessHandle postmaster() throws IOException {
        var pid =
                Files.readAllLines(home.resolve("database/data/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private String inUse(String server, Process jvm) throws IOException {
        return "%s is in use by process %d. Stop that one first, or choose another data directory (DATA_DIR)."
                .formatted(home.toRealPath().resolve(server), jvm.pid());
    }

    private static List<Integer> rows(EmbeddedDatabase database) throws Exception {
        var numbers = new ArrayList<Integer>();
        try (var connection = DriverManager.getConnection(
                        database.jdbcUrl("postgres"), database.user(), database.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select n from numbers order by n")) {
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
        }
        return numbers;
    }

    private static List<Integer> messages(EmbeddedBroker broker) throws Exception {
        var numbers = new ArrayList<Integer>();
        var factory = new ConnectionFactory();
        factory.setUri(broker.amqpUrl());
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            for (var message = channel.basicGet("numbers", true);
                    message != null;
                    message = channel.basicGet("numbers", true)) {
                numbers.add(Integer.parseInt(new String(message.getBody(), UTF_8)));
            }
        }
        return numbers;
    }
}
