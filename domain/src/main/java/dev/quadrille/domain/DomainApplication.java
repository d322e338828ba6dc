package dev.quadrille.domain;

import com.zaxxer.hikari.HikariDataSource;
import dev.quadrille.billing.Billing;
import dev.quadrille.financing.Financing;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.CommandHandler;
import dev.quadrille.kernel.Handler;
import dev.quadrille.kernel.Policies;
import dev.quadrille.kernel.process.DeadlineDelivery;
import dev.quadrille.kernel.process.ProcessRouter;
import dev.quadrille.kernel.process.Processes;
import dev.quadrille.postgres.Database;
import dev.quadrille.postgres.EventStoreSchema;
import dev.quadrille.postgres.Postgres;
import dev.quadrille.postgres.PostgresClock;
import dev.quadrille.postgres.PostgresDeadlines;
import dev.quadrille.postgres.PostgresEventStore;
import dev.quadrille.postgres.PostgresOutcomes;
import dev.quadrille.postgres.PostgresParking;
import dev.quadrille.rabbitmq.CommandMessages;
import dev.quadrille.rabbitmq.ConfirmedPublisher;
import dev.quadrille.rabbitmq.Consumers;
import dev.quadrille.rabbitmq.EventMessages;
import dev.quadrille.rabbitmq.IntegrationMessages;
import dev.quadrille.rabbitmq.MessageFormat;
import dev.quadrille.rabbitmq.RabbitCommandBus;
import dev.quadrille.shell.Loop;
import dev.quadrille.shell.Monitor;
import dev.quadrille.shell.Readiness;
import dev.quadrille.shell.Shell;
import dev.quadrille.shell.Variables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
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

    private static final int DEADLINES_AT_ONCE = 100;
    private static final Duration BETWEEN_DEADLINES = Duration.ofMillis(100);
    private static final Duration BETWEEN_LOOKS_AT_THE_DEMO = Duration.ofMillis(500);

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
    Loop outcomeExpiry(DomainSettings settings, HikariDataSource pool) {
        var expiry = new OutcomeExpiry(new PostgresEventStore(pool), settings.outcomesKept(), InstantSource.system());
        return Loop.start("outcome-expiry", OutcomeExpiry.EVERY, expiry::next);
    }

    @Bean
    ConfirmedPublisher publisher(DomainSettings settings) {
        return new ConfirmedPublisher(settings.broker(), settings.topology());
    }

    @Bean
    RabbitCommandBus commandBus(DomainSettings settings, ConfirmedPublisher publisher) {
        return new RabbitCommandBus(
                publisher, new CommandMessages(settings.topology().partitions()));
    }

    @Bean
    Codec codec() {
        return Installation.codec();
    }

    @Bean
    Processes processes(DomainSettings settings) {
        return settings.processManagers();
    }

    @Bean
    SwitchWatch switches(DomainSettings settings, HikariDataSource pool, Codec codec) {
        return SwitchWatch.start(new PostgresEventStore(pool), codec, settings.pause());
    }

    @Bean(initMethod = "start")
    Consumers consumers(
            DomainSettings settings,
            HikariDataSource pool,
            Codec codec,
            Processes processes,
            RabbitCommandBus bus,
            SwitchWatch switches,
            Monitor monitor) {
        var clock = InstantSource.system();
        var topology = settings.topology();
        var commandMessages = new CommandMessages(topology.partitions());
        var eventMessages = new EventMessages(topology.partitions());
        var store = new PostgresEventStore(pool);
        var outcomes = new PostgresOutcomes(pool);
        var consumers = new Consumers(settings.broker(), topology, new PostgresParking(pool), clock);
        var hosting = new Hosting(settings, consumers);
        var all = Installation.contexts(processes, settings.pause());
        for (var here : List.of(true, false)) {
            var contexts = all.stream()
                    .filter(context -> settings.hosts(context.name()) == here)
                    .toList();
            var handler = new CommandHandler(store, outcomes, codec, Installation.aggregates(contexts), clock);
            // Processes have one clock, whichever instance handles them.
            var steps = new SlowedDown<>(
                    new CommandHandler(
                            store, outcomes, codec, Installation.aggregates(contexts), new PostgresClock(pool)),
                    () -> switches.now().pause());
            for (var context : contexts) {
                hosting.add(
                        "commands",
                        context.name(),
                        commandMessages,
                        context.name().equals(Processes.CONTEXT) ? steps : handler);
                hosting.add(
                        "policies", context.name(), eventMessages, new Policies(context.policies(), codec, bus, clock));
            }
        }
        var ignored = monitor.meters().counter("quadrille.process.ignored");
        hosting.add(
                "inputs",
                Processes.CONTEXT,
                eventMessages,
                new ProcessRouter(processes, store, codec, bus, clock, _ -> ignored.increment()));
        hosting.add("integration", Financing.CONTEXT, new IntegrationMessages(), new Announcements(codec, bus, clock));
        return consumers.add(
                topology.queuesOf("interventions.domain"),
                eventMessages,
                new Interventions(codec, consumers.replayer()));
    }

    /** Consumes the queues of the contexts that are hosted here; what all others have parked can be replayed here too. */
    private record Hosting(DomainSettings settings, Consumers consumers) {

        <M> void add(String kind, String context, MessageFormat<M> format, Handler<M> handler) {
            var queues = settings.topology().queuesOf(kind + "." + context);
            if (settings.hosts(context)) {
                consumers.add(queues, format, handler);
            } else {
                consumers.addParked(queues, format, handler);
            }
        }
    }

    @Bean
    Loop deadlines(
            DomainSettings settings, HikariDataSource pool, Codec codec, Processes processes, RabbitCommandBus bus) {
        var delivery = new DeadlineDelivery(
                settings.hosts(Processes.CONTEXT) ? processes : new Processes(List.of(), Set.of()),
                new PostgresDeadlines(pool),
                codec,
                bus,
                new PostgresClock(pool),
                DEADLINES_AT_ONCE);
        return Loop.start("deadlines", BETWEEN_DEADLINES, () -> delivery.next() == DEADLINES_AT_ONCE);
    }

    @Bean
    Loop demo(DomainSettings settings, HikariDataSource pool, Codec codec, RabbitCommandBus bus, SwitchWatch switches) {
        var documents = new DemoDocuments(
                () -> settings.hosts(Billing.CONTEXT) && switches.now().demo(), codec, bus, new PostgresClock(pool));
        return Loop.start("demo", BETWEEN_LOOKS_AT_THE_DEMO, documents::next);
    }

    @Bean
    Readiness readiness(Consumers consumers, HikariDataSource pool, Monitor monitor) {
        var eventStore = new Database(pool);
        return Readiness.watch(() -> consumers.attached() && eventStore.answers(), monitor.service("domain"));
    }
}
