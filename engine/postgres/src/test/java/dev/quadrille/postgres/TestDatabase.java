package dev.quadrille.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.quadrille.embedded.EmbeddedDatabase;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A database of a test's own, on each of the servers that there are: an embedded one always, the one in {@code
 * POSTGRES_URL} ({@code POSTGRES_USER}, {@code POSTGRES_PASSWORD}, a superuser) when that is set, and one in a container
 * where a Docker engine answers. A test class says
 * {@code @ParameterizedClass @MethodSource("dev.quadrille.postgres.TestDatabase#withEventStore")} and gets one, which
 * JUnit closes. The name of the test shows the server.
 */
public final class TestDatabase implements AutoCloseable {

    private final String server;
    private final PostgresSettings home;
    private final PostgresSettings settings;
    private final HikariDataSource pool;
    private @Nullable TestDatabase beside;

    private TestDatabase(String server, PostgresSettings home, Consumer<PostgresSettings> migrate) {
        this.server = server;
        this.home = home;
        this.settings = home.withDatabase(
                "quadrille_test_" + UUID.randomUUID().toString().replace("-", ""));
        migrate.accept(settings);
        this.pool = Postgres.pool(settings);
    }

    /** Databases with the tables of the event store. */
    public static Stream<TestDatabase> withEventStore() {
        return onEveryServer(EventStoreSchema::migrate);
    }

    /**
     * A database on each server.
     *
     * @param migrate makes the database and its tables
     */
    public static Stream<TestDatabase> onEveryServer(Consumer<PostgresSettings> migrate) {
        return servers().map(Postgres::maintenance).map(server -> new TestDatabase(name(server), server, migrate));
    }

    private static Stream<PostgresSettings> servers() {
        var embedded = EmbeddedDatabase.shared();
        var all = Stream.<PostgresSettings>builder();
        all.add(PostgresSettings.of(embedded.jdbcUrl("postgres"), embedded.user(), embedded.password(), "embedded"));
        var url = environment("POSTGRES_URL");
        if (!url.isEmpty()) {
            all.add(PostgresSettings.of(url, environment("POSTGRES_USER"), environment("POSTGRES_PASSWORD"), "given"));
        }
        if (DockerClientFactory.instance().isDockerAvailable()) {
            all.add(Container.settings());
        }
        return all.build();
    }

    /** Started for the first test that asks; Testcontainers stops it. */
    private static final class Container {

        private static final PostgreSQLContainer SERVER = new PostgreSQLContainer("postgres:18");

        static {
            SERVER.start();
        }

        static PostgresSettings settings() {
            return PostgresSettings.of(SERVER.getJdbcUrl(), SERVER.getUsername(), SERVER.getPassword(), "container");
        }
    }

    private static String environment(String variable) {
        return System.getenv().getOrDefault(variable, "");
    }

    private static String name(PostgresSettings server) {
        var version = Postgres.once(server, jooq -> jooq.fetchValue("show server_version"));
        return "on PostgreSQL " + version + ", " + server.applicationName();
    }

    /** How to reach it. */
    public PostgresSettings settings() {
        return settings;
    }

    /** Connections to it; not to be closed. */
    public HikariDataSource pool() {
        return pool;
    }

    /**
     * Another database on the same server, cleared and closed with this one.
     *
     * @param migrate makes the database and its tables
     */
    public TestDatabase beside(Consumer<PostgresSettings> migrate) {
        if (beside == null) {
            beside = new TestDatabase(server, home, migrate);
        }
        return beside;
    }

    /** Empties all tables but Flyway's, and starts their sequences again. */
    public TestDatabase cleared() {
        if (beside != null) {
            beside.cleared();
        }
        new Database(pool).run(jooq -> jooq.execute("""
                do $$ begin
                    execute (
                        select 'truncate ' || string_agg(format('%I', tablename), ', ') || ' restart identity'
                        from pg_tables where schemaname = 'public' and tablename <> 'flyway_schema_history');
                end $$"""));
        return this;
    }

    /** Drops it, with whoever is connected to it. */
    @Override
    public void close() {
        if (beside != null) {
            beside.close();
        }
        pool.close();
        Postgres.once(
                home, jooq -> jooq.execute("drop database if exists {0} with (force)", DSL.name(settings.database())));
    }

    @Override
    public String toString() {
        return server;
    }
}
