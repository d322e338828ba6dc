package dev.quadrille.domain;

import com.zaxxer.hikari.HikariDataSource;
import dev.quadrille.financing.Financing;
import dev.quadrille.kernel.CommandHandler;
import dev.quadrille.kernel.Policies;
import dev.quadrille.parking.Parking;
import dev.quadrille.postgres.Database;
import dev.quadrille.postgres.EventStoreSchema;
import dev.quadrille.postgres.Postgres;
import dev.quadrille.postgres.PostgresEventStore;
import dev.quadrille.postgres.PostgresOutcomes;
import dev.quadrille.postgres.PostgresParking;
import dev.quadrille.rabbitmq.CommandMessages;
import dev.quadrille.rabbitmq.ConfirmedPublisher;
import dev.quadrille.rabbitmq.Consumers;
import dev.quadrille.rabbitmq.EventMessages;
import dev.quadrille.rabbitmq.IntegrationMessages;
import dev.quadrille.rabbitmq.RabbitCommandBus;
import dev.quadrille.shell.Monitor;
import dev.quadrille.shell.Readiness;
import dev.quadrille.shell.Shell;
import dev.quadrille.shell.Variables;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The domain as a service. Beans are closed in the reverse of the order in which they need each other: the consumers
 * finish what they have in hand before the publisher and the database go.
 */
@Configuration(proxyBeanMethods = false)
public class DomainApplication {

    private static final Logger log = LoggerFactory.getLogger(DomainApplication.class);

    public static void main(String... arguments) {
        service().run(arguments);
    }

    /** The domain, to run it. */
    public static SpringApplication service() {
        return Shell.service(DomainApplication.class);
    }

    @Bean
    DomainSettings settings(Environment environment) {
        var settings = DomainSettings.from(new Variables(environment));
        log.info("Set up with {}", settings);
        return settings;
    }

    @Bean
    HikariDataSource eventStorePool(DomainSettings settings) {
        Shell.untilAvailable(() -> EventStoreSchema.migrate(settings.eventStore()));
        return Postgres.pool(settings.eventStore());
    }

    @Bean
    OutcomeExpiry outcomeExpiry(DomainSettings settings, HikariDataSource pool) {
        return OutcomeExpiry.start(new PostgresEventStore(pool), settings.outcomesKept(), InstantSource.system());
    }

    @Bean
    ConfirmedPublisher publisher(DomainSettings settings) {
        return new ConfirmedPublisher(settings.broker(), settings.topology());
    }

    @Bean(initMethod = "start")
    Consumers consumers(DomainSettings settings, HikariDataSource pool, ConfirmedPublisher publisher) {
        var clock = InstantSource.system();
        var codec = Installation.codec();
        var topology = settings.topology();
        var commandMessages = new CommandMessages(topology.partitions());
        var eventMessages = new EventMessages(topology.partitions());
        var bus = new RabbitCommandBus(publisher, commandMessages);
        var handler = new CommandHandler(
                new PostgresEventStore(pool), new PostgresOutcomes(pool), codec, Installation.aggregates(), clock);
        var consumers = new Consumers(settings.broker(), topology, new PostgresParking(pool), clock)
                .add(topology.queuesOf("commands." + Financing.CONTEXT), commandMessages, handler)
                .add(topology.queuesOf("commands." + Parking.CONTEXT), commandMessages, handler)
                .add(
                        topology.queuesOf("policies." + Financing.CONTEXT),
                        eventMessages,
                        new Policies(Financing.policies(), codec, bus, clock))
                .add(
                        topology.queuesOf("integration." + Financing.CONTEXT),
                        new IntegrationMessages(),
                        new Announcements(codec, bus, clock));
        return consumers.add(
                topology.queuesOf("interventions.domain"),
                eventMessages,
                new Interventions(codec, consumers.replayer()));
    }

    @Bean
    Readiness readiness(Consumers consumers, HikariDataSource pool, Monitor monitor) {
        var eventStore = new Database(pool);
        return Readiness.watch(() -> consumers.attached() && eventStore.answers(), monitor.service("domain"));
    }
}
