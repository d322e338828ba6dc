package dev.quadrille.rabbitmq;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * Which broker to use, and as whom.
 *
 * @param url {@code amqp://user:password@host:port/virtual-host}; without the last part the virtual host is "/"
 * @param name what the broker's operators see beside the connections: the service's name
 * @param connectTimeout how long opening a connection may take, and any request on it
 * @param heartbeat a connection that is silent for twice as long is given up
 */
public record BrokerSettings(URI url, String name, Duration connectTimeout, Duration heartbeat) {

    public BrokerSettings {
        if (!"amqp".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("A broker is at amqp://user:password@host:port/virtual-host, not at '"
                    + withoutPassword(url) + "'");
        }
    }

    /** The broker at this URL, with 5 s to connect and a heartbeat of 10 s. */
    public static BrokerSettings of(String url, String name) {
        return new BrokerSettings(parse(url), name, Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    /** As a log may show it: without the password. */
    @Override
    public String toString() {
        return name + " at " + withoutPassword(url);
    }

    private static URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            // The exception itself would show the password.
            throw new IllegalArgumentException("The broker's URL is malformed: " + e.getReason());
        }
    }

    private static String withoutPassword(URI url) {
        return url.toString().replaceFirst("://[^@/]*@", "://");
    }
}
