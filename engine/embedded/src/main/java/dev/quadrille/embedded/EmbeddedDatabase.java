package dev.quadrille.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that this JVM starts and stops, on the loopback address only. Whoever starts one closes it; safe for
 * use by any thread.
 *
 * <p>Everything committed is on disk and outlives the JVM and the machine's power, except in {@link #temporary()} ones. A
 * server that a killed JVM left running is stopped by the next start on its directory.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private static final Map<String, String> DURABLE = Map.of("fsync", "on", "synchronous_commit", "on");
    private static final Map<String, String> FAST =
            Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off");

    // Recovery after a crash may take a while; a server that can't start at all is not waited for.
    private static final Duration START_WITHIN = Duration.ofMinutes(1);
    private static final Duration ORPHAN_STOPS_WITHIN = Duration.ofSeconds(20);

    private final EmbeddedPostgres server;
    private final ServerDirectory home;

    private EmbeddedDatabase(EmbeddedPostgres server, ServerDirectory home) {
        this.server = server;
        this.home = home;
    }

    /**
     * Starts a server on what the directory holds, or on a new cluster when it holds nothing. Takes seconds: more the
     * first time, when the server is unpacked and the cluster is made.
     *
     * @param directory the server's own: nothing else may be kept in it
     * @param port the TCP port to listen on, 0 for any that is free
     * @throws StartFailure if another live process uses the directory, if the port is taken, or if PostgreSQL refuses
     */
    public static EmbeddedDatabase start(Path directory, int port) {
        var home = ServerDirectory.claim(directory);
        return start(home, port, DURABLE, home.resolve("binaries"));
    }

    /**
     * Starts an empty server for tests on a free port: as fast as it can be because nothing is synced to disk, and deleted
     * when it is closed, at the latest when the JVM exits.
     */
    public static EmbeddedDatabase temporary() {
        var unpackedOnce = Path.of(
                System.getProperty("java.io.tmpdir"), "quadrille-" + System.getProperty("user.name"), "postgresql");
        var database = start(ServerDirectory.throwAway(), 0, FAST, unpackedOnce);
        Runtime.getRuntime().addShutdownHook(new Thread(database::close, "embedded-database-close"));
        return database;
    }

    /** The one {@link #temporary()} server that all tests of this JVM may share, each with a database of its own. */
    public static EmbeddedDatabase shared() {
        return Shared.DATABASE;
    }

    private static EmbeddedDatabase start(
            ServerDirectory home, int port, Map<String, String> durability, Path binaries) {
        try {
            ServerDirectory.ownersOnly(binaries);
            stopOrphan(home.resolve("data"));
            var server = launch(home, freePort(port), durability, binaries);
            home.keepData();
            return new EmbeddedDatabase(server, home);
        } catch (IOException e) {
            home.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            home.close();
            throw e;
        }
    }

    private static EmbeddedPostgres launch(
            ServerDirectory home, int port, Map<String, String> durability, Path binaries) throws IOException {
        var log = home.resolve("server.log");
        Files.deleteIfExists(log);
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(home.data())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPgBinaryResolver(new Binaries(binaries))
                .setOverrideWorkingDirectory(binaries.toFile())
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setPGStartupWait(START_WITHIN)
                .setPort(port)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "200")
                // The same order of text on every machine, whatever its locale is and whether it is installed.
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8");
        durability.forEach(builder::setServerConfig);
        try {
            return builder.start();
        } catch (IOException | IllegalStateException e) {
            throw new StartFailure("PostgreSQL does not start in " + home.resolve("") + ": " + tail(log), e);
        }
    }

    private static int freePort(int port) throws IOException {
        // zonky would take whatever answers on a taken port for the server that it has started.
        try (var socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (BindException e) {
            throw StartFailure.portTaken(port, e);
        }
    }

    private static String tail(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "see the cause";
        }
        var lines = Files.readString(log, UTF_8).lines().toList();
        return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }

    private static void stopOrphan(Path data) throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var named =
                Files.readString(pidFile).lines().findFirst().map(Long::valueOf).flatMap(ProcessHandle::of);
        if (named.isEmpty()) {
            return;
        }
        var process = named.get();
        if (process.info()
                .arguments()
                .filter(it -> List.of(it).contains(data.toString()))
                .isPresent()) {
            LOG.info("Stopping PostgreSQL, process {}, left running by a process that was killed", process.pid());
            stop(process);
        } else if (process.info()
                .command()
                .filter(it -> !it.endsWith("postgres"))
                .isPresent()) {
            // The number is another program's by now; PostgreSQL would see a process alive and refuse to start.
            Files.delete(pidFile);
        }
    }

    private static void stop(ProcessHandle orphan) throws IOException {
        try {
            // SIGINT is PostgreSQL's fast shutdown; Java's own destroy() would wait for clients.
            new ProcessBuilder("sh", "-c", "kill -INT " + orphan.pid()).start().waitFor();
            orphan.onExit().get(ORPHAN_STOPS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new StartFailure("PostgreSQL, process " + orphan.pid() + ", was left running and does not stop.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while process " + orphan.pid() + " was stopping.", e);
        }
    }

    public int port() {
        return server.getPort();
    }

    /** Of the database with that name, which whoever uses it makes; {@code postgres} is there from the start. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /** The superuser. */
    public String user() {
        return "postgres";
    }

    /** Empty: the server trusts every local user, as no one else reaches it. */
    public String password() {
        return "";
    }

    /** Stops the server at once, without waiting for clients; what they have not committed is lost. Repeating it is harmless. */
    @Override
    public void close() {
        try (home) {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Equal where the place to unpack to is: zonky unpacks once for each resolver. */
    private record Binaries(Path place) implements PgBinaryResolver {
        @Override
        public InputStream getPgBinary(String system, String machineHardware) throws IOException {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machineHardware);
        }
    }

    private static final class Shared {
        static final EmbeddedDatabase DATABASE = temporary();
    }
}
