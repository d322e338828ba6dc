package dev.quadrille.projections;

import dev.quadrille.grpc.GrpcServer;
import dev.quadrille.kernel.Outcomes;
import dev.quadrille.kernel.Parking;
import dev.quadrille.postgres.Database;
import dev.quadrille.projections.audit.AuditQueries;
import dev.quadrille.projections.billing.BillingQueries;
import dev.quadrille.projections.catering.CateringQueries;
import dev.quadrille.projections.financing.FinancingQueries;
import dev.quadrille.projections.parking.ParkingQueries;
import dev.quadrille.projections.process.ProcessQueries;
import dev.quadrille.projections.reports.ReportsQueries;
import dev.quadrille.queries.Freshness;
import dev.quadrille.queries.OutcomeQueries;
import dev.quadrille.queries.Watches;
import java.util.List;

/** The half of the service that answers. Several may answer from the same databases. */
final class QueryServer implements AutoCloseable {

    private final Freshness freshness;
    private final Watches watches;
    private final OutcomeQueries outcomes;
    private final GrpcServer grpc;

    /**
     * Starts to answer.
     *
     * @param tables the read tables
     * @param outcomes of commands, as the event store has them
     * @param parkedByDomain what the domain has parked, commands among it
     * @param parkedByProjections what the projections have parked
     * @param audit what has happened, and why
     */
    QueryServer(
            GrpcServer.Settings settings,
            Database tables,
            Outcomes outcomes,
            Parking parkedByDomain,
            Parking parkedByProjections,
            AuditQueries audit) {
        this.freshness = new Freshness(tables);
        this.watches = new Watches(tables);
        this.outcomes = new OutcomeQueries(outcomes, parkedByDomain);
        this.grpc = GrpcServer.start(
                settings,
                List.of(
                        new FinancingQueries(tables, freshness, watches),
                        new BillingQueries(tables, freshness, watches),
                        new ReportsQueries(tables, freshness, watches),
                        new CateringQueries(tables, freshness, watches),
                        new ProcessQueries(tables, freshness, watches, parkedByDomain),
                        new ParkingQueries(parkedByDomain, parkedByProjections),
                        audit,
                        this.outcomes));
    }

    GrpcServer grpc() {
        return grpc;
    }

    /** Has calls that wait look soon, because the tables have changed. Any thread may call it; it does not wait. */
    void nudge() {
        freshness.nudge();
        watches.nudge();
    }

    /** Takes no new calls, ends those that wait or watch with UNAVAILABLE, and lets the others finish. */
    @Override
    public void close() {
        grpc.drain();
        freshness.close();
        watches.close();
        outcomes.close();
        grpc.close();
    }
}
