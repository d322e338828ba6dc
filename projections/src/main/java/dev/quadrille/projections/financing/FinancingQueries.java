package dev.quadrille.projections.financing;

import static dev.quadrille.projections.generated.Tables.BID;
import static dev.quadrille.projections.generated.Tables.INVESTOR;
import static dev.quadrille.projections.generated.Tables.INVOICE;
import static dev.quadrille.projections.generated.Tables.ISSUER;
import static dev.quadrille.queries.ReadTables.among;
import static dev.quadrille.queries.ReadTables.is;
import static org.jooq.impl.DSL.noCondition;

import dev.quadrille.postgres.Database;
import dev.quadrille.proto.financing.v1.GetBidRequest;
import dev.quadrille.proto.financing.v1.GetBidResponse;
import dev.quadrille.proto.financing.v1.GetInvestorRequest;
import dev.quadrille.proto.financing.v1.GetInvestorResponse;
import dev.quadrille.proto.financing.v1.GetInvoiceRequest;
import dev.quadrille.proto.financing.v1.GetInvoiceResponse;
import dev.quadrille.proto.financing.v1.GetIssuerRequest;
import dev.quadrille.proto.financing.v1.GetIssuerResponse;
import dev.quadrille.proto.financing.v1.InvoiceStatus;
import dev.quadrille.proto.financing.v1.ListBidsRequest;
import dev.quadrille.proto.financing.v1.ListBidsResponse;
import dev.quadrille.proto.financing.v1.ListInvestorsRequest;
import dev.quadrille.proto.financing.v1.ListInvestorsResponse;
import dev.quadrille.proto.financing.v1.ListInvoicesRequest;
import dev.quadrille.proto.financing.v1.ListInvoicesResponse;
import dev.quadrille.proto.financing.v1.ListIssuersRequest;
import dev.quadrille.proto.financing.v1.ListIssuersResponse;
import dev.quadrille.proto.financing.v1.QueryServiceGrpc.QueryServiceImplBase;
import dev.quadrille.proto.financing.v1.WatchInvestorsRequest;
import dev.quadrille.proto.financing.v1.WatchInvestorsResponse;
import dev.quadrille.proto.financing.v1.WatchInvoicesRequest;
import dev.quadrille.proto.financing.v1.WatchInvoicesResponse;
import dev.quadrille.queries.Freshness;
import dev.quadrille.queries.ReadTables;
import dev.quadrille.queries.Watches;
import io.grpc.stub.StreamObserver;
import org.jooq.Condition;

/** Shows the tables of {@link FinancingView}. Sees only requests that keep the rules of their proto. */
public final class FinancingQueries extends QueryServiceImplBase {

    private final ReadTables tables;

    public FinancingQueries(Database database, Freshness freshness, Watches watches) {
        this.tables = new ReadTables(database, freshness, watches, FinancingView.CATEGORIES);
    }

    @Override
    public void getInvestor(GetInvestorRequest request, StreamObserver<GetInvestorResponse> responses) {
        tables.answer(
                responses,
                request.getConsistencyToken(),
                () -> GetInvestorResponse.newBuilder()
                        .setInvestor(Shown.investor(
                                tables.one(INVESTOR.INVESTOR_ID, request.getInvestorId(), Shown.INVESTORS)))
                        .build());
    }

    @Override
    public void listInvestors(ListInvestorsRequest request, StreamObserver<ListInvestorsResponse> responses) {
        tables.answer(responses, request.getConsistencyToken(), () -> {
            var page = tables.page(
                    request,
                    INVESTOR.INVESTOR_ID,
                    Shown.INVESTORS.and(among(INVESTOR.INVESTOR_ID, request.getInvestorIdsList())));
            return ListInvestorsResponse.newBuilder()
                    .addAllInvestors(page.as(Shown::investor))
                    .setNextPageToken(page.nextToken())
                    .build();
        });
    }

    @Override
    public void watchInvestors(WatchInvestorsRequest request, StreamObserver<WatchInvestorsResponse> responses) {
        tables.watch(
                responses,
                request.getConsistencyToken(),
                INVESTOR.INVESTOR_ID,
                Shown.INVESTORS.and(among(INVESTOR.INVESTOR_ID, request.getInvestorIdsList())),
                row -> WatchInvestorsResponse.newBuilder()
                        .setInvestor(Shown.investor(row))
                        .build());
    }

    @Override
    public void getInvoice(GetInvoiceRequest request, StreamObserver<GetInvoiceResponse> responses) {
        tables.answer(
                responses,
                request.getConsistencyToken(),
                () -> GetInvoiceResponse.newBuilder()
                        .setInvoice(
                                Shown.invoice(tables.one(INVOICE.INVOICE_ID, request.getInvoiceId(), Shown.INVOICES)))
                        .build());
    }

    @Override
    public void listInvoices(ListInvoicesRequest request, StreamObserver<ListInvoicesResponse> responses) {
        tables.answer(responses, request.getConsistencyToken(), () -> {
            var page = tables.page(
                    request,
                    INVOICE.INVOICE_ID,
                    invoices(request.getIssuerId(), request.getInvestorId(), request.getStatus()));
            return ListInvoicesResponse.newBuilder()
                    .addAllInvoices(page.as(Shown::invoice))
                    .setNextPageToken(page.nextToken())
                    .build();
        });
    }

    @Override
    public void watchInvoices(WatchInvoicesRequest request, StreamObserver<WatchInvoicesResponse> responses) {
        tables.watch(
                responses,
                request.getConsistencyToken(),
                INVOICE.INVOICE_ID,
                invoices(request.getIssuerId(), request.getInvestorId(), request.getStatus()),
                row -> WatchInvoicesResponse.newBuilder()
                        .setInvoice(Shown.invoice(row))
                        .build());
    }

    @Override
    public void getIssuer(GetIssuerRequest request, StreamObserver<GetIssuerResponse> responses) {
        tables.answer(
                responses,
                request.getConsistencyToken(),
                () -> GetIssuerResponse.newBuilder()
                        .setIssuer(Shown.issuer(tables.one(ISSUER.ISSUER_ID, request.getIssuerId(), noCondition())))
                        .build());
    }

    @Override
    public void listIssuers(ListIssuersRequest request, StreamObserver<ListIssuersResponse> responses) {
        tables.answer(responses, request.getConsistencyToken(), () -> {
            var page = tables.page(request, ISSUER.ISSUER_ID, among(ISSUER.ISSUER_ID, request.getIssuerIdsList()));
            return ListIssuersResponse.newBuilder()
                    .addAllIssuers(page.as(Shown::issuer))
                    .setNextPageToken(page.nextToken())
                    .build();
        });
    }

    @Override
    public void getBid(GetBidRequest request, StreamObserver<GetBidResponse> responses) {
        tables.answer(
                responses,
                request.getConsistencyToken(),
                () -> GetBidResponse.newBuilder()
                        .setBid(Shown.bid(tables.one(BID.BID_ID, request.getBidId(), Shown.BIDS)))
                        .build());
    }

    @Override
    public void listBids(ListBidsRequest request, StreamObserver<ListBidsResponse> responses) {
        tables.answer(responses, request.getConsistencyToken(), () -> {
            var page = tables.page(
                    request,
                    BID.BID_ID,
                    Shown.BIDS
                            .and(is(BID.INVESTOR_ID, request.getInvestorId()))
                            .and(is(BID.INVOICE_ID, request.getInvoiceId()))
                            .and(is(BID.STATUS, request.getStatus())));
            return ListBidsResponse.newBuilder()
                    .addAllBids(page.as(Shown::bid))
                    .setNextPageToken(page.nextToken())
                    .build();
        });
    }

    private static Condition invoices(String issuerId, String winnerId, InvoiceStatus status) {
        return Shown.INVOICES
                .and(is(INVOICE.ISSUER_ID, issuerId))
                .and(is(INVOICE.WINNING_INVESTOR_ID, winnerId))
                .and(is(INVOICE.STATUS, status));
    }
}
