package dev.quadrille.shell;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.PropertyResolver;

/**
 * Reads a service's settings, once, as it starts: from the environment's variables, or from wherever else Spring Boot
 * finds a property of that name. An empty value counts as none, and none means the fallback.
 *
 * <p>Every method throws {@link BadVariable}, naming the variable and its value, if that is not what is asked for.
 */
public final class Variables {

    private final PropertyResolver environment;

    public Variables(PropertyResolver environment) {
        this.environment = environment;
    }

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

    /** A duration such as {@code 100ms}, {@code 30s} or {@code PT5M}, not shorter than the least; a bare number is milliseconds. */
    public Duration duration(String name, Duration fallback, Duration least) {
        return read(name, fallback, "a duration such as 250ms or 30s, at least " + least.toMillis() + "ms", value -> {
            var duration = DurationStyle.detectAndParse(value);
            check(duration.compareTo(least) >= 0);
            return duration;
        });
    }

    /** The URL of a server, with one of these schemes; it may hold user and password, which {@link #masked} hides. */
    public URI url(String name, String fallback, Set<String> schemes) {
        return read(name, URI.create(fallback), "a URL with a host that begins with " + schemes, value -> {
            var url = URI.create(value);
            check(url.getScheme() != null && schemes.contains(url.getScheme()) && url.getHost() != null);
            return url;
        });
    }

    /** The text with the password of every URL in it hidden, for logs. */
    public static String masked(String text) {
        return text.replaceAll("//([^:@/\\s]*):[^/\\s]*@", "//$1:***@");
    }

    private <T> T read(String name, T fallback, String expected, Function<String, T> parse) {
        var value = environment.getProperty(name, "").strip();
        if (value.isEmpty()) {
            return fallback;
        }
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException unfit) {
            throw new BadVariable(name, masked(value), expected);
        }
    }

    private static void check(boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException();
        }
    }
}
