package dev.quadrille.relayer;

import com.zaxxer.hikari.HikariDataSource;
import dev.quadrille.postgres.EventStoreSchema;
import dev.quadrille.postgres.FeedHorizon;
import dev.quadrille.postgres.LeaderElection;
import dev.quadrille.postgres.Postgres;
import dev.quadrille.postgres.PostgresFeed;
import dev.quadrille.postgres.RelayLoop;
import dev.quadrille.rabbitmq.ConfirmedPublisher;
import dev.quadrille.rabbitmq.EventMessages;
import dev.quadrille.rabbitmq.RabbitEventBus;
import dev.quadrille.shell.Monitor;
import dev.quadrille.shell.Readiness;
import dev.quadrille.shell.Shell;
import dev.quadrille.shell.Variables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The relayer as a service. Beans are closed in the reverse of the order in which they need each other: the loop ends
 * before the publisher and the database go.
 */
@Configuration(proxyBeanMethods = false)
public class RelayerApplication {

    private static final Logger log = LoggerFactory.getLogger(RelayerApplication.class);

    public static void main(String... arguments) {
        service().run(arguments);
    }

    /** The relayer, to run it. */
    public static SpringApplication service() {
        return Shell.service(RelayerApplication.class);
    }

    @Bean
    RelayerSettings settings(Environment environment) {
        var settings = RelayerSettings.from(new Variables(environment));
        log.info("Set up with {}", settings);
        return settings;
    }

    @Bean
    HikariDataSource eventStorePool(RelayerSettings settings) {
        Shell.untilAvailable(() -> EventStoreSchema.migrate(settings.eventStore()));
        return Postgres.pool(settings.eventStore());
    }

    @Bean
    ConfirmedPublisher publisher(RelayerSettings settings) {
        return new ConfirmedPublisher(settings.broker(), settings.topology());
    }

    @Bean
    RelayLoop loop(RelayerSettings settings, HikariDataSource pool, ConfirmedPublisher publisher) {
        // Longer than an appender may take, which the same time limit bounds.
        var patience = settings.eventStore().timeLimit().multipliedBy(3);
        var bus = new RabbitEventBus(
                publisher, new EventMessages(settings.topology().partitions()));
        var election = new LeaderElection(settings.eventStore(), settings.leadLostAfter());
        return RelayLoop.start(
                () -> election.tryLead(RelayLoop.NAME),
                () -> new PostgresFeed(pool, patience),
                bus,
                settings.interval());
    }

    @Bean
    FeedWatch feedWatch(HikariDataSource pool, Monitor monitor) {
        return FeedWatch.start(() -> FeedHorizon.of(pool, RelayLoop.NAME), monitor.meters());
    }

    @Bean
    Readiness readiness(RelayLoop loop, ConfirmedPublisher publisher, Monitor monitor) {
        return Readiness.watch(() -> loop.able() && publisher.connect(), monitor.service("relayer"));
    }
}
