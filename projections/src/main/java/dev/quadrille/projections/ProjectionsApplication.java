package dev.quadrille.projections;

import com.zaxxer.hikari.HikariDataSource;
import dev.quadrille.domain.Installation;
import dev.quadrille.domain.Interventions;
import dev.quadrille.grpc.GrpcServer;
import dev.quadrille.postgres.Database;
import dev.quadrille.postgres.EventStoreSchema;
import dev.quadrille.postgres.Postgres;
import dev.quadrille.postgres.PostgresOutcomes;
import dev.quadrille.postgres.PostgresParking;
import dev.quadrille.postgres.intake.Projection;
import dev.quadrille.postgres.intake.View;
import dev.quadrille.projections.audit.AuditQueries;
import dev.quadrille.projections.billing.BillingView;
import dev.quadrille.projections.catering.CateringView;
import dev.quadrille.projections.financing.FinancingView;
import dev.quadrille.projections.process.ProcessView;
import dev.quadrille.projections.reports.ReportsView;
import dev.quadrille.rabbitmq.Consumers;
import dev.quadrille.rabbitmq.EventMessages;
import dev.quadrille.shell.Monitor;
import dev.quadrille.shell.Readiness;
import dev.quadrille.shell.Shell;
import dev.quadrille.shell.Variables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.env.Environment;

/**
 * The projections as a service. Beans are closed in the reverse of the order in which they need each other: nothing is
 * taken in any more, then the calls end, then the databases go.
 */
@Configuration(proxyBeanMethods = false)
public class ProjectionsApplication {

    private static final Logger log = LoggerFactory.getLogger(ProjectionsApplication.class);

    /** A caller is told that a database is away before losing patience; who takes in waits longer, as nobody waits for it. */
    private static final Duration CALLS_CONNECT_WITHIN = Duration.ofSeconds(3);

    /** Every view, in the order in which they are changed. */
    public static final List<View> VIEWS = List.of(
            new FinancingView(),
            new BillingView(),
            new ReportsView(),
            new CateringView(),
            new ProcessView(Installation.messageTypes()));

    public static void main(String... arguments) {
        service().run(arguments);
    }

    /** The projections, to run them. */
    public static SpringApplication service() {
        return Shell.service(ProjectionsApplication.class);
    }

    @Bean
    ProjectionsSettings settings(Environment environment) {
        var settings = ProjectionsSettings.from(new Variables(environment));
        log.info("Set up with {}", settings);
        return settings;
    }

    @Bean
    HikariDataSource tables(ProjectionsSettings settings) {
        Shell.untilAvailable(() -> QuerySchema.migrate(settings.tables()));
        return Postgres.pool(settings.tables().withConnectWithin(CALLS_CONNECT_WITHIN));
    }

    /** One connection for each queue, of interventions as well, of which no flood of calls can take any. */
    @Bean
    @DependsOn("tables")
    HikariDataSource intake(ProjectionsSettings settings) {
        return Postgres.pool(
                settings.tables().withPoolSize(settings.topology().partitions().count() + 1));
    }

    @Bean
    HikariDataSource eventStore(ProjectionsSettings settings) {
        Shell.untilAvailable(() -> EventStoreSchema.migrate(settings.eventStore()));
        return Postgres.readOnlyPool(settings.eventStore().withConnectWithin(CALLS_CONNECT_WITHIN));
    }

    @Bean
    QueryServer server(ProjectionsSettings settings, HikariDataSource tables, HikariDataSource eventStore) {
        var parkedByDomain = new PostgresParking(eventStore);
        var parkedByProjections = new PostgresParking(tables);
        return new QueryServer(
                settings.server(),
                new Database(tables),
                new PostgresOutcomes(eventStore),
                parkedByDomain,
                parkedByProjections,
                new AuditQueries(eventStore, parkedByDomain, parkedByProjections));
    }

    /** For whoever runs this on any free port. The one above closes it. */
    @Bean(destroyMethod = "")
    GrpcServer grpc(QueryServer server) {
        return server.grpc();
    }

    @Bean(initMethod = "start")
    Consumers consumers(ProjectionsSettings settings, HikariDataSource intake, QueryServer server) {
        var topology = settings.topology();
        var codec = Installation.codec();
        var eventMessages = new EventMessages(topology.partitions());
        var consumers = new Consumers(settings.broker(), topology, new PostgresParking(intake), InstantSource.system())
                .add(
                        topology.queuesOf("projections"),
                        eventMessages,
                        new Projection(new Database(intake), codec, VIEWS, server::nudge));
        return consumers.add(
                topology.queuesOf("interventions.projections"),
                eventMessages,
                new Interventions(codec, consumers.replayer()));
    }

    @Bean
    Readiness readiness(QueryServer server, HikariDataSource tables, Consumers consumers, Monitor monitor) {
        return Readiness.watch(
                new Ready(new Database(tables), consumers),
                monitor.service("projections").andThen(server.grpc()::serving));
    }
}
