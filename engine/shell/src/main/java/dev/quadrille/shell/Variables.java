package dev.quadrille.shell;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.PropertyResolver;

/**
 * Reads a service's settings, once, as it starts: from the environment's variables, or from wherever else Spring Boot
 * finds a property of that name. An empty value counts as none, and none means the fallback.
 *
 * <p>Every method throws {@link BadVariable}, naming the variable and its value, if that is not what is asked for.
 */
public final class Variables {

    private static final Pattern ADDRESS = Pattern.compile("([^\\s:/\\[\\]]+|\\[[0-9A-Fa-f:.]+]):\\d{1,5}");

    private final PropertyResolver environment;

    public Variables(PropertyResolver environment) {
        this.environment = environment;
    }

    /** Any text but an empty one. */
    public String text(String name, String fallback) {
        return read(name, fallback, "text", value -> value);
    }

    /** A whole number within these bounds, both included. */
    public int number(String name, int fallback, int least, int most) {
        return read(name, fallback, "a number from " + least + " to " + most, value -> {
            var number = Integer.parseInt(value);
            check(number >= least && number <= most);
            return number;
        });
    }

    /** A TCP port to listen on, 0 for any that is free. */
    public int port(String name, int fallback) {
        return number(name, fallback, 0, 65_535);
    }

    /** A duration such as {@code 100ms} or {@code 30s}, not shorter than the least; a bare number is in milliseconds. */
    public Duration duration(String name, Duration fallback, Duration least) {
        return read(name, fallback, "a duration such as 250ms or 30s, at least " + least.toMillis() + "ms", value -> {
            var duration = DurationStyle.detectAndParse(value);
            check(duration.compareTo(least) >= 0);
            return duration;
        });
    }

    /** Likewise, and not longer than the most. */
    public Duration duration(String name, Duration fallback, Duration least, Duration most) {
        return read(
                name,
                fallback,
                "a duration such as 250ms or 30s, " + least.toMillis() + "ms to " + most.toMillis() + "ms",
                value -> {
                    var duration = DurationStyle.detectAndParse(value);
                    check(duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0);
                    return duration;
                });
    }

    /** The URL of a server with this scheme; it may hold a password. */
    public URI url(String name, String fallback, String scheme) {
        return read(name, URI.create(fallback), "a URL such as " + scheme + "://host:port", value -> {
            var url = URI.create(value);
            check(scheme.equals(url.getScheme()) && url.getHost() != null);
            return url;
        });
    }

    /** Where a server is reached, as {@code host:port}. */
    public String address(String name, String fallbackHost, int fallbackPort) {
        var host = fallbackHost.contains(":") ? "[" + fallbackHost + "]" : fallbackHost;
        return read(name, host + ":" + fallbackPort, "a host and a port such as 127.0.0.1:8080", value -> {
            check(ADDRESS.matcher(value).matches());
            return value;
        });
    }

    /** One of an enum's constants, in upper or lower case. */
    public <E extends Enum<E>> E choice(String name, E fallback) {
        var type = fallback.getDeclaringClass();
        return read(
                name,
                fallback,
                "one of " + List.of(type.getEnumConstants()),
                value -> Enum.valueOf(type, value.toUpperCase(Locale.ROOT)));
    }

    /** Some of these names, separated by commas; all of them unless said otherwise. */
    public List<String> some(String name, List<String> all) {
        return read(name, all, "some of " + all + ", separated by commas", value -> {
            var some = Stream.of(value.split(",", -1)).map(String::strip).toList();
            check(all.containsAll(some));
            return some;
        });
    }

    /** {@code AMQP_URL}: the broker of all services. */
    public URI amqpUrl() {
        return url("AMQP_URL", "amqp://guest:guest@127.0.0.1:5672", "amqp");
    }

    /** {@code PARTITIONS}: the same in all services, 16. */
    public int partitions() {
        return number("PARTITIONS", 16, 1, 1024);
    }

    /** {@code BIND_ADDRESS}: where servers listen; all addresses of the machine, as a container needs it. */
    public String bindAddress() {
        return text("BIND_ADDRESS", "0.0.0.0");
    }

    private <T> T read(String name, T fallback, String expected, Function<String, T> parse) {
        var value = environment.getProperty(name, "").strip();
        if (value.isEmpty()) {
            return fallback;
        }
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException unfit) {
            throw new BadVariable(name, withoutPassword(value), expected);
        }
    }

    private static String withoutPassword(String value) {
        return value.replaceFirst("//([^:@/]*):[^/]*@", "//$1:***@");
    }

    private static void check(boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException();
        }
    }
}
