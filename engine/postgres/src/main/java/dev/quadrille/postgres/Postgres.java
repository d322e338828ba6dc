package dev.quadrille.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** Opens databases: connection pools, and databases and tables where there are none yet. */
public final class Postgres {

    /** How much longer than the server's own limit a client waits, so that the server says what took so long. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final String NO_SUCH_DATABASE = "3D000";

    /** Another service has made the same database: long ago, and at this moment. */
    private static final Set<String> EXISTS_ALREADY = Set.of("42P04", "23505");

    private Postgres() {}

    /**
     * Connections for whoever writes. Opening succeeds while the server is away; the calls then fail until it is there.
     * The server ends statements, and transactions that stand idle, after the time limit, so that no appender holds the
     * feed up for longer.
     */
    public static HikariDataSource pool(PostgresSettings settings) {
        return new HikariDataSource(configuration(settings));
    }

    /** Connections on which the server refuses to write. */
    public static HikariDataSource readOnlyPool(PostgresSettings settings) {
        var configuration = configuration(settings);
        configuration.setConnectionInitSql(
                configuration.getConnectionInitSql() + "; set default_transaction_read_only = on");
        return new HikariDataSource(configuration);
    }

    private static HikariConfig configuration(PostgresSettings settings) {
        var configuration = new HikariConfig();
        configuration.setPoolName(settings.applicationName());
        configuration.setJdbcUrl(settings.url());
        configuration.setDataSourceProperties(properties(settings));
        configuration.setMaximumPoolSize(settings.poolSize());
        configuration.setConnectionTimeout(settings.connectWithin().toMillis());
        configuration.setInitializationFailTimeout(-1);
        configuration.setConnectionInitSql(limits(settings));
        return configuration;
    }

    /** One connection outside any pool, with the same limits. The caller closes it. */
    static Connection connect(PostgresSettings settings) {
        try {
            var connection = DriverManager.getConnection(settings.url(), properties(settings));
            try (var statement = connection.createStatement()) {
                statement.execute(limits(settings));
                return connection;
            } catch (SQLException failure) {
                connection.close();
                throw failure;
            }
        } catch (SQLException failure) {
            throw Faults.translated(new DataAccessException("Can't connect to " + settings, failure));
        }
    }

    /** Runs statements on a connection of their own. */
    static <T> T once(PostgresSettings settings, Function<DSLContext, T> statements) {
        try (var connection = connect(settings)) {
            return new Database(connection).run(statements);
        } catch (SQLException failure) {
            throw Faults.translated(new DataAccessException("Can't disconnect from " + settings, failure));
        }
    }

    private static String limits(PostgresSettings settings) {
        var milliseconds = settings.timeLimit().toMillis();
        return "set default_transaction_isolation = 'read committed'; set statement_timeout = " + milliseconds
                + "; set idle_in_transaction_session_timeout = " + milliseconds;
    }

    private static Properties properties(PostgresSettings settings) {
        var properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("ApplicationName", settings.applicationName());
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty(
                "socketTimeout", String.valueOf(settings.timeLimit().plus(GRACE).toSeconds()));
        return properties;
    }

    /**
     * Makes the database, unless it is there, and brings its tables up to date. Called by every service as it starts;
     * several may at once.
     *
     * @param migrations Flyway locations, such as {@code classpath:db/eventstore}, with versions that differ
     * @throws dev.quadrille.kernel.Unavailable if the server is away
     */
    public static void migrate(PostgresSettings settings, String... migrations) {
        createIfAbsent(settings);
        try {
            // Without the limits: a migration may take its time.
            Flyway.configure()
                    .dataSource(settings.url(), settings.user(), settings.password())
                    .locations(migrations)
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        } catch (RuntimeException failure) {
            throw Faults.translated(failure);
        }
    }

    private static void createIfAbsent(PostgresSettings settings) {
        // A role that may not make databases can use one that was made for it.
        if (exists(settings)) {
            return;
        }
        try {
            // From template0, as nobody can be connected to it, and a template in use can't be copied.
            once(
                    maintenance(settings),
                    jooq -> jooq.execute(
                            "create database {0} encoding 'UTF8' template template0", DSL.name(settings.database())));
        } catch (DataAccessException failure) {
            if (!EXISTS_ALREADY.contains(failure.sqlState())) {
                throw failure;
            }
        }
    }

    /** The database on the same server from which others are made and dropped. */
    static PostgresSettings maintenance(PostgresSettings settings) {
        var usual = settings.withDatabase("postgres");
        return exists(usual) ? usual : settings.withDatabase("template1");
    }

    private static boolean exists(PostgresSettings settings) {
        try {
            return once(settings, _ -> true);
        } catch (DataAccessException failure) {
            if (NO_SUCH_DATABASE.equals(failure.sqlState())) {
                return false;
            }
            throw failure;
        }
    }
}
