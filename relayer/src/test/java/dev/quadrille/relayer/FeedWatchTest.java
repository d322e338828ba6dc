package dev.quadrille.relayer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import dev.quadrille.embedded.EmbeddedBroker;
import dev.quadrille.embedded.EmbeddedDatabase;
import dev.quadrille.kernel.Unavailable;
import dev.quadrille.postgres.FeedHorizon;
import dev.quadrille.shell.Monitor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FeedWatchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private Supplier<FeedHorizon> horizon = () -> new FeedHorizon(0, 0, List.of());

    @Test
    void what_was_seen_last_is_shown_and_nothing_while_the_database_is_away() {
        try (var watch = new FeedWatch(() -> horizon.get(), meters)) {
            assertShown(Double.NaN, Double.NaN);

            horizon = () -> new FeedHorizon(7, 0.25, List.of("process 1"));
            watch.look();
            assertShown(7.0, 0.25);

            horizon = () -> {
                throw new Unavailable("The server is away", null);
            };
            watch.look();
            assertShown(Double.NaN, Double.NaN);
        }
        assertThat(meters.getMeters()).isEmpty();
    }

    private void assertShown(Double backlog, Double age) {
        assertThat(meters.get("quadrille.relay.backlog").gauge().value()).isEqualTo(backlog);
        assertThat(meters.get("quadrille.feed.horizon.age").gauge().value()).isEqualTo(age);
    }

    @Test
    void who_holds_the_feed_up_for_long_is_told_once() {
        var log = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger(FeedWatch.class);
        logger.addAppender(log);
        log.start();
        var watch = new FeedWatch(() -> horizon.get(), meters);
        for (var age : List.of(0.1, 4.9, 5.0, 6.0, 7.0)) {
            horizon = () -> new FeedHorizon(1, age, List.of("process 1", "process 2"));
            watch.look();
        }
        horizon = () -> new FeedHorizon(1, 6.0, List.of("process 2"));
        watch.look();
        logger.detachAppender(log);

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "Events wait for an append that has run for 5 s: process 1",
                        "Events wait for an append that has run for 6 s: process 2");
    }

    @Test
    void P4_a_service_shows_the_age_of_an_append_that_stays_open_and_0_when_it_has_ended() throws Exception {
        try (var broker = EmbeddedBroker.temporary();
                var service = RelayerApplication.service()
                        .run(
                                "--POSTGRES_URL=" + EmbeddedDatabase.shared().jdbcUrl("relayer_" + UUID.randomUUID()),
                                "--POSTGRES_USER=" + EmbeddedDatabase.shared().user(),
                                "--AMQP_URL=" + broker.amqpUrl(),
                                "--METRICS_PORT=0",
                                "--BIND_ADDRESS=127.0.0.1");
                var client = HttpClient.newHttpClient();
                var open = service.getBean(HikariDataSource.class).getConnection()) {
            var metrics = HttpRequest.newBuilder(URI.create(
                            "http://127.0.0.1:" + service.getBean(Monitor.class).port() + "/metrics"))
                    .build();
            await(client, metrics, age -> age == 0);

            open.setAutoCommit(false);
            try (var statement = open.createStatement()) {
                statement.execute("insert into event overriding user value select * from event where false");
            }
            await(client, metrics, age -> age > 0);

            open.rollback();
            await(client, metrics, age -> age == 0);
        }
    }

    private static void await(HttpClient client, HttpRequest metrics, Predicate<Double> age) throws Exception {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var shown = Double.NaN;
        while (!age.test(shown)) {
            var body = client.send(metrics, BodyHandlers.ofString()).body();
            var line = Pattern.compile("(?m)^quadrille_feed_horizon_age_seconds (\\S+)$")
                    .matcher(body);
            assertThat(line.find()).as(body).isTrue();
            shown = Double.parseDouble(line.group(1));
            assertThat(deadline - System.nanoTime()).as("shown: %s", shown).isPositive();
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }
}
