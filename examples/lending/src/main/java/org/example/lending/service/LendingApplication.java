package org.example.lending.service;

import com.zaxxer.hikari.HikariDataSource;
import dev.quadrille.commands.CommandQueue;
import dev.quadrille.commands.Traceparent;
import dev.quadrille.grpc.GrpcServer;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.CommandHandler;
import dev.quadrille.kernel.Policies;
import dev.quadrille.kernel.process.DeadlineDelivery;
import dev.quadrille.kernel.process.ProcessRouter;
import dev.quadrille.kernel.process.Processes;
import dev.quadrille.postgres.Database;
import dev.quadrille.postgres.LeaderElection;
import dev.quadrille.postgres.Postgres;
import dev.quadrille.postgres.PostgresClock;
import dev.quadrille.postgres.PostgresDeadlines;
import dev.quadrille.postgres.PostgresEventStore;
import dev.quadrille.postgres.PostgresFeed;
import dev.quadrille.postgres.PostgresOutcomes;
import dev.quadrille.postgres.PostgresParking;
import dev.quadrille.postgres.RelayLoop;
import dev.quadrille.postgres.intake.Projection;
import dev.quadrille.queries.Freshness;
import dev.quadrille.queries.OutcomeQueries;
import dev.quadrille.queries.Watches;
import dev.quadrille.rabbitmq.CommandMessages;
import dev.quadrille.rabbitmq.ConfirmedPublisher;
import dev.quadrille.rabbitmq.Consumers;
import dev.quadrille.rabbitmq.EventMessages;
import dev.quadrille.rabbitmq.RabbitCommandBus;
import dev.quadrille.rabbitmq.RabbitEventBus;
import dev.quadrille.shell.Loop;
import dev.quadrille.shell.Monitor;
import dev.quadrille.shell.Readiness;
import dev.quadrille.shell.Shell;
import dev.quadrille.shell.Variables;
import io.grpc.ServerInterceptors;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.example.lending.Lending;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The whole system in one process: takes commands, decides them, relays events, answers them with policies and the process,
 * takes them into the read table and answers queries. Beans are closed in the reverse of the order in which they need each
 * other. To run a part apart, give it a configuration of its own with the beans that it needs.
 */
@Configuration(proxyBeanMethods = false)
public class LendingApplication {

    private static final Logger log = LoggerFactory.getLogger(LendingApplication.class);

    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(100);
    private static final Duration LEAD_LOST_AFTER = Duration.ofSeconds(45);
    private static final int DEADLINES_AT_ONCE = 100;

    public static void main(String... arguments) {
        service().run(arguments);
    }

    /** The system, to run it. */
    static SpringApplication service() {
        return Shell.service(LendingApplication.class);
    }

    @Bean
    Settings settings(Environment environment) {
        var settings = Settings.from(new Variables(environment));
        log.info("Set up with {}", settings);
        return settings;
    }

    @Bean
    Servers servers(Settings settings) {
        return new Servers(settings);
    }

    @Bean
    HikariDataSource eventStore(Servers servers) {
        return Postgres.pool(servers.eventStore());
    }

    /** For calls, and a connection for each queue that is taken in. */
    @Bean
    HikariDataSource readTables(Servers servers, Settings settings) {
        var queues = settings.topology().partitions().count();
        return Postgres.pool(
                servers.readTables().withPoolSize(queues + servers.readTables().poolSize()));
    }

    @Bean
    ConfirmedPublisher publisher(Servers servers, Settings settings) {
        return new ConfirmedPublisher(servers.broker(), settings.topology());
    }

    @Bean
    CommandMessages commandMessages(Settings settings) {
        return new CommandMessages(settings.topology().partitions());
    }

    @Bean
    EventMessages eventMessages(Settings settings) {
        return new EventMessages(settings.topology().partitions());
    }

    @Bean
    RabbitCommandBus commandBus(ConfirmedPublisher publisher, CommandMessages format) {
        return new RabbitCommandBus(publisher, format);
    }

    @Bean
    Codec codec() {
        return Lending.codec();
    }

    @Bean
    Processes processes(Settings settings) {
        return Lending.processes(settings.loanPeriod());
    }

    /** From the event store to the bus; of several instances of the system, one at a time. */
    @Bean
    RelayLoop relayer(
            Servers servers, HikariDataSource eventStore, ConfirmedPublisher publisher, EventMessages format) {
        var election = new LeaderElection(servers.eventStore(), LEAD_LOST_AFTER);
        var patience = servers.eventStore().timeLimit().multipliedBy(3);
        return RelayLoop.start(
                () -> election.tryLead(RelayLoop.NAME),
                () -> new PostgresFeed(eventStore, patience),
                new RabbitEventBus(publisher, format),
                BETWEEN_BATCHES);
    }

    @Bean
    Loop deadlines(HikariDataSource eventStore, Codec codec, Processes processes, RabbitCommandBus bus) {
        var delivery = new DeadlineDelivery(
                processes,
                new PostgresDeadlines(eventStore),
                codec,
                bus,
                new PostgresClock(eventStore),
                DEADLINES_AT_ONCE);
        return Loop.start("deadlines", BETWEEN_BATCHES, () -> delivery.next() == DEADLINES_AT_ONCE);
    }

    @Bean
    Freshness freshness(HikariDataSource readTables) {
        return new Freshness(new Database(readTables));
    }

    @Bean
    Watches watches(HikariDataSource readTables) {
        return new Watches(new Database(readTables));
    }

    @Bean
    OutcomeQueries outcomes(HikariDataSource eventStore) {
        return new OutcomeQueries(new PostgresOutcomes(eventStore), new PostgresParking(eventStore));
    }

    /** What can't be handled is parked in the event store's database. */
    @Bean(initMethod = "start")
    Consumers consumers(
            Settings settings,
            Servers servers,
            HikariDataSource eventStore,
            HikariDataSource readTables,
            Codec codec,
            Processes processes,
            RabbitCommandBus bus,
            CommandMessages commands,
            EventMessages events,
            Freshness freshness,
            Watches watches,
            Monitor monitor) {
        var clock = InstantSource.system();
        var topology = settings.topology();
        var store = new PostgresEventStore(eventStore);
        var outcomes = new PostgresOutcomes(eventStore);
        var ignored = monitor.meters().counter("lending.process.ignored");
        return new Consumers(servers.broker(), topology, new PostgresParking(eventStore), clock)
                .add(
                        topology.queuesOf("commands." + Lending.CONTEXT),
                        commands,
                        new CommandHandler(store, outcomes, codec, Lending.aggregates(), clock))
                .add(
                        topology.queuesOf("policies." + Lending.CONTEXT),
                        events,
                        new Policies(Lending.policies(), codec, bus, clock))
                // Processes have one clock, that of the database, whichever instance handles them.
                .add(
                        topology.queuesOf("commands." + Processes.CONTEXT),
                        commands,
                        new CommandHandler(
                                store, outcomes, codec, List.of(processes.aggregate()), new PostgresClock(eventStore)))
                .add(
                        topology.queuesOf("policies." + Processes.CONTEXT),
                        events,
                        new Policies(List.of(processes.policy()), codec, bus, clock))
                .add(
                        topology.queuesOf("inputs." + Processes.CONTEXT),
                        events,
                        new ProcessRouter(processes, store, codec, bus, clock, _ -> ignored.increment()))
                .add(
                        topology.queuesOf("projections"),
                        events,
                        new Projection(new Database(readTables), codec, List.of(new CopiesView()), () -> {
                            freshness.nudge();
                            watches.nudge();
                        }));
    }

    @Bean
    GrpcServer server(
            Settings settings,
            Codec codec,
            RabbitCommandBus bus,
            HikariDataSource readTables,
            Freshness freshness,
            Watches watches,
            OutcomeQueries outcomes) {
        var commands = new CommandCalls(new CommandQueue(bus, codec, InstantSource.system()));
        return GrpcServer.start(
                settings.server(),
                List.of(
                        () -> ServerInterceptors.intercept(commands, new Traceparent()),
                        new QueryCalls(new Database(readTables), freshness, watches),
                        outcomes));
    }

    @Bean
    Readiness readiness(
            GrpcServer server,
            Consumers consumers,
            RelayLoop relayer,
            ConfirmedPublisher publisher,
            HikariDataSource readTables,
            Monitor monitor) {
        var tables = new Database(readTables);
        return Readiness.watch(
                () -> consumers.attached() && relayer.able() && publisher.connect() && tables.answers(),
                monitor.service("lending").andThen(server::serving));
    }
}
