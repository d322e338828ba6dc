package dev.quadrille.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one PostgreSQL server keeps in its directory, and that server while it runs. */
final class PostgresCluster {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);

    private static final List<String> SETTINGS =
            List.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", "timezone=UTC");

    private final ServerDirectory home;
    private final String data;
    private final Path log;
    private final PostgresPrograms programs;

    PostgresCluster(ServerDirectory home) throws IOException {
        this.home = home;
        this.data = home.data().toString();
        this.log = home.resolve("server.log");
        Files.deleteIfExists(log);
        this.programs = PostgresPrograms.sayingTo(log);
    }

    /** Stops the server that a killed JVM left running on this directory. */
    void stopOrphan() throws IOException {
        var named = named();
        if (named.isEmpty()) {
            return;
        }
        var process = named.get().info();
        if (process.arguments().filter(it -> List.of(it).contains(data)).isPresent()) {
            LOG.info(
                    "Stopping PostgreSQL, process {}, which a killed process left running",
                    named.get().pid());
            stop();
        } else if (process.command().filter(it -> !it.endsWith("postgres")).isPresent()) {
            // The number is another program's by now; PostgreSQL would see that alive and refuse to start.
            Files.delete(pidFile());
        }
    }

    /** The process whose number the server has written down; it may be another program's by now. */
    private Optional<ProcessHandle> named() throws IOException {
        return Files.exists(pidFile())
                ? Files.readString(pidFile())
                        .lines()
                        .findFirst()
                        .map(Long::valueOf)
                        .flatMap(ProcessHandle::of)
                : Optional.empty();
    }

    private Path pidFile() {
        return home.data().resolve("postmaster.pid");
    }

    /** Starts the server on what is there, or on a new cluster, and returns when it takes connections. */
    void start(int port, List<String> durability) throws IOException {
        home.prepareData();
        if (!Files.exists(home.data().resolve("PG_VERSION"))) {
            // The same order of text on every machine, whatever its locale is and whether that is installed.
            programs.run(
                    "initdb",
                    "-D",
                    data,
                    "--username=postgres",
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8");
        }
        programs.run(
                "pg_ctl",
                "start",
                "-D",
                data,
                "-w",
                "-t",
                "60",
                "-l",
                log.toString(),
                "-o",
                "-p %d -c %s -c %s".formatted(port, String.join(" -c ", SETTINGS), String.join(" -c ", durability)));
        home.keepData();
    }

    /** Stops the server at once, without waiting for clients, unless someone has killed it. */
    void stop() throws IOException {
        if (named().isEmpty()) {
            return;
        }
        programs.run("pg_ctl", "stop", "-D", data, "-m", "fast", "-w", "-t", "30");
    }
}
