package dev.quadrille.projections.reports;

import static dev.quadrille.projections.generated.Tables.REPORT;
import static dev.quadrille.queries.ReadTables.is;
import static org.jooq.impl.DSL.noCondition;

import dev.quadrille.postgres.Database;
import dev.quadrille.proto.reports.v1.GetReportRequest;
import dev.quadrille.proto.reports.v1.GetReportResponse;
import dev.quadrille.proto.reports.v1.ListReportsRequest;
import dev.quadrille.proto.reports.v1.ListReportsResponse;
import dev.quadrille.proto.reports.v1.QueryServiceGrpc.QueryServiceImplBase;
import dev.quadrille.proto.reports.v1.WatchReportsRequest;
import dev.quadrille.proto.reports.v1.WatchReportsResponse;
import dev.quadrille.queries.Freshness;
import dev.quadrille.queries.ReadTables;
import dev.quadrille.queries.Watches;
import io.grpc.stub.StreamObserver;

/** Shows the tables of {@link ReportsView}. Sees only requests that keep the rules of their proto. */
public final class ReportsQueries extends QueryServiceImplBase {

    private final ReadTables tables;

    public ReportsQueries(Database database, Freshness freshness, Watches watches) {
        this.tables = new ReadTables(database, freshness, watches, ReportsView.CATEGORIES);
    }

    @Override
    public void getReport(GetReportRequest request, StreamObserver<GetReportResponse> responses) {
        tables.answer(
                responses,
                request.getConsistencyToken(),
                () -> GetReportResponse.newBuilder()
                        .setReport(Shown.report(tables.one(REPORT.REPORT_ID, request.getReportId(), noCondition())))
                        .build());
    }

    @Override
    public void listReports(ListReportsRequest request, StreamObserver<ListReportsResponse> responses) {
        tables.answer(responses, request.getConsistencyToken(), () -> {
            var page = tables.page(request, REPORT.REPORT_ID, is(REPORT.CUSTOMER_ID, request.getCustomerId()));
            return ListReportsResponse.newBuilder()
                    .addAllReports(page.as(Shown::report))
                    .setNextPageToken(page.nextToken())
                    .build();
        });
    }

    @Override
    public void watchReports(WatchReportsRequest request, StreamObserver<WatchReportsResponse> responses) {
        tables.watch(
                responses,
                request.getConsistencyToken(),
                REPORT.REPORT_ID,
                is(REPORT.CUSTOMER_ID, request.getCustomerId()),
                row -> WatchReportsResponse.newBuilder()
                        .setReport(Shown.report(row))
                        .build());
    }
}
