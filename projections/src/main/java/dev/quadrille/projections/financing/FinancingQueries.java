package dev.quadrille.projections.financing;

import static dev.quadrille.projections.generated.Tables.BID;
import static dev.quadrille.projections.generated.Tables.INVESTOR;
import static dev.quadrille.projections.generated.Tables.INVOICE;
import static dev.quadrille.projections.generated.Tables.ISSUER;
import static java.util.Objects.requireNonNull;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.noCondition;

import com.google.protobuf.Message;
import com.google.protobuf.ProtocolMessageEnum;
import dev.quadrille.grpc.GrpcErrors;
import dev.quadrille.postgres.Database;
import dev.quadrille.projections.answers.Calls;
import dev.quadrille.projections.answers.Freshness;
import dev.quadrille.projections.answers.Page;
import dev.quadrille.projections.answers.Watches;
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
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.TableField;

/** Shows the tables of {@link FinancingView}. Sees only requests that keep the rules of their proto. */
public final class FinancingQueries extends QueryServiceImplBase {

    private final Database database;
    private final Freshness freshness;
    private final Watches watches;

    public FinancingQueries(Database database, Freshness freshness, Watches watches) {
        this.database = database;
        this.freshness = freshness;
        this.watches = watches;
    }

    @Override
    public void getInvestor(GetInvestorRequest request, StreamObserver<GetInvestorResponse> responses) {
        answer(
                responses,
                request.getConsistencyToken(),
                () -> GetInvestorResponse.newBuilder()
                        .setInvestor(
                                Shown.investor(one(INVESTOR.INVESTOR_ID, request.getInvestorId(), Shown.INVESTORS)))
                        .build());
    }

    @Override
    public void listInvestors(ListInvestorsRequest request, StreamObserver<ListInvestorsResponse> responses) {
        answer(responses, request.getConsistencyToken(), () -> {
            var page = page(
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
        watch(
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
        answer(
                responses,
                request.getConsistencyToken(),
                () -> GetInvoiceResponse.newBuilder()
                        .setInvoice(Shown.invoice(one(INVOICE.INVOICE_ID, request.getInvoiceId(), Shown.INVOICES)))
                        .build());
    }

    @Override
    public void listInvoices(ListInvoicesRequest request, StreamObserver<ListInvoicesResponse> responses) {
        answer(responses, request.getConsistencyToken(), () -> {
            var page = page(
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
        watch(
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
        answer(
                responses,
                request.getConsistencyToken(),
                () -> GetIssuerResponse.newBuilder()
                        .setIssuer(Shown.issuer(one(ISSUER.ISSUER_ID, request.getIssuerId(), noCondition())))
                        .build());
    }

    @Override
    public void listIssuers(ListIssuersRequest request, StreamObserver<ListIssuersResponse> responses) {
        answer(responses, request.getConsistencyToken(), () -> {
            var page = page(request, ISSUER.ISSUER_ID, among(ISSUER.ISSUER_ID, request.getIssuerIdsList()));
            return ListIssuersResponse.newBuilder()
                    .addAllIssuers(page.as(Shown::issuer))
                    .setNextPageToken(page.nextToken())
                    .build();
        });
    }

    @Override
    public void getBid(GetBidRequest request, StreamObserver<GetBidResponse> responses) {
        answer(
                responses,
                request.getConsistencyToken(),
                () -> GetBidResponse.newBuilder()
                        .setBid(Shown.bid(one(BID.BID_ID, request.getBidId(), Shown.BIDS)))
                        .build());
    }

    @Override
    public void listBids(ListBidsRequest request, StreamObserver<ListBidsResponse> responses) {
        answer(responses, request.getConsistencyToken(), () -> {
            var page = page(
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

    /** Empty: any. */
    private static Condition is(Field<UUID> column, String id) {
        return id.isEmpty() ? noCondition() : column.eq(UUID.fromString(id));
    }

    /** Unspecified: any. */
    private static Condition is(Field<String> column, ProtocolMessageEnum status) {
        return status.getNumber() == 0
                ? noCondition()
                : column.eq(status.getValueDescriptor().getName());
    }

    /** None: any. */
    private static Condition among(Field<UUID> column, List<String> ids) {
        return ids.isEmpty()
                ? noCondition()
                : column.eq(any(ids.stream().map(UUID::fromString).toArray(UUID[]::new)));
    }

    private <M> void answer(StreamObserver<M> responses, String consistencyToken, Supplier<M> answer) {
        Calls.answer(responses, () -> {
            freshness.await(consistencyToken, FinancingView.CATEGORIES);
            return answer.get();
        });
    }

    private <R extends Record> R one(TableField<R, UUID> column, String id, Condition shown) {
        var table = requireNonNull(column.getTable());
        var row = database.run(jooq -> jooq.selectFrom(table)
                .where(column.eq(UUID.fromString(id)))
                .and(shown)
                .fetchOne());
        if (row == null) {
            var name = table.getName();
            throw GrpcErrors.notFound(name.toUpperCase(Locale.ROOT) + "_NOT_FOUND", "There is no " + name + " " + id);
        }
        return row;
    }

    private <R extends Record> Page<R> page(Message request, TableField<R, UUID> id, Condition filter) {
        return database.run(jooq -> Page.of(jooq, request, id, filter));
    }

    private <R extends Record, M> void watch(
            StreamObserver<M> responses,
            String consistencyToken,
            TableField<R, UUID> id,
            Condition filter,
            Function<R, M> message) {
        Calls.checked(() -> {
            freshness.await(consistencyToken, FinancingView.CATEGORIES);
            return consistencyToken;
        });
        watches.watch(responses, id, filter, message);
    }
}
