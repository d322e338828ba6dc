package dev.quadrille.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.embedded.EmbeddedBroker;
import dev.quadrille.embedded.EmbeddedDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Services in this JVM, on an embedded broker and databases of their own. */
final class Services implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN = Duration.ofMillis(20);

    private final EmbeddedBroker broker = EmbeddedBroker.temporary();
    private final List<ConfigurableApplicationContext> running = new ArrayList<>();
    private final String[] settings;

    Services(int partitions) {
        settings = new String[] {
            "--PARTITIONS=" + partitions,
            "--AMQP_URL=" + broker.amqpUrl(),
            "--BIND_ADDRESS=127.0.0.1",
            "--LISTENER_PORT=0",
            "--QUERY_PORT=0",
            "--POSTGRES_USER=" + EmbeddedDatabase.shared().user(),
            "--POSTGRES_URL=" + EmbeddedDatabase.shared().jdbcUrl("events_" + UUID.randomUUID()),
            "--QUERIES_POSTGRES_URL=" + EmbeddedDatabase.shared().jdbcUrl("queries_" + UUID.randomUUID()),
        };
    }

    String amqpUrl() {
        return broker.amqpUrl();
    }

    String[] settings() {
        return settings.clone();
    }

    ConfigurableApplicationContext run(SpringApplication service) {
        var started = service.run(settings);
        running.addFirst(started);
        return started;
    }

    /** Waits for what the services write into their databases and tell nobody. */
    static void await(BooleanSupplier written) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!written.getAsBoolean()) {
            assertThat(System.nanoTime()).as("written in time").isLessThan(deadline);
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    @Override
    public void close() {
        running.forEach(ConfigurableApplicationContext::close);
        broker.close();
    }
}
