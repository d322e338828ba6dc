package dev.quadrille.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a database and how much to ask of it.
 *
 * @param url {@code jdbc:postgresql://host:port/database}; {@code postgresql://} and {@code postgres://} are taken as
 *     well and become this, their user and password going where the other two are empty
 * @param password not shown by {@link #toString()}
 * @param applicationName who is connected, as the server's operators see it
 * @param poolSize how many connections one process has at most
 * @param connectWithin how long to wait for one of them, and so to find out that the server is away
 * @param timeLimit what bounds a statement, and a pause within a transaction
 */
public record PostgresSettings(
        String url,
        String user,
        String password,
        String applicationName,
        int poolSize,
        Duration connectWithin,
        Duration timeLimit) {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    private static final Pattern URL = Pattern.compile(
            "(?:jdbc:)?postgres(?:ql)?://"
                    + "(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<hosts>[^@/?]+)/(?<database>[^/?]+)(?<parameters>\\?.*)?");

    /**
     * Settings in full.
     *
     * @throws IllegalArgumentException if the URL is not one of PostgreSQL, or names no database
     */
    public PostgresSettings {
        var parts = parse(url);
        user = user.isEmpty() ? decoded(parts.group("user")) : user;
        password = password.isEmpty() ? decoded(parts.group("password")) : password;
        url = jdbcUrl(parts, parts.group("database"));
    }

    /** Settings with 10 connections, and 10 s for each of the limits. */
    public static PostgresSettings of(String url, String user, String password, String applicationName) {
        return new PostgresSettings(url, user, password, applicationName, 10, TIME_LIMIT, TIME_LIMIT);
    }

    /** The name of the database. */
    public String database() {
        return parse(url).group("database");
    }

    /** The same for another database of the same server. */
    public PostgresSettings withDatabase(String name) {
        return new PostgresSettings(
                jdbcUrl(parse(url), name), user, password, applicationName, poolSize, connectWithin, timeLimit);
    }

    /** The same with another number of connections. */
    public PostgresSettings withPoolSize(int connections) {
        return new PostgresSettings(url, user, password, applicationName, connections, connectWithin, timeLimit);
    }

    /** The same with another patience for a connection. */
    public PostgresSettings withConnectWithin(Duration patience) {
        return new PostgresSettings(url, user, password, applicationName, poolSize, patience, timeLimit);
    }

    private static Matcher parse(String url) {
        var parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "A PostgreSQL URL is jdbc:postgresql://host:port/database or postgresql://…, not what was given");
        }
        return parts;
    }

    private static String jdbcUrl(Matcher parts, String database) {
        return "jdbc:postgresql://" + parts.group("hosts") + "/" + database
                + Objects.requireNonNullElse(parts.group("parameters"), "");
    }

    private static String decoded(@Nullable String part) {
        return part == null ? "" : URLDecoder.decode(part.replace("+", "%2B"), UTF_8);
    }

    @Override
    public String toString() {
        return url + " as " + user + " (" + applicationName + ", " + poolSize + " connections, " + timeLimit + ")";
    }
}
