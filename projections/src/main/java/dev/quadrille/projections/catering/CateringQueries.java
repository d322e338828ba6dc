package dev.quadrille.projections.catering;

import static dev.quadrille.projections.generated.Tables.ORDER;
import static dev.quadrille.queries.ReadTables.is;
import static org.jooq.impl.DSL.noCondition;

import dev.quadrille.postgres.Database;
import dev.quadrille.proto.catering.v1.GetOrderRequest;
import dev.quadrille.proto.catering.v1.GetOrderResponse;
import dev.quadrille.proto.catering.v1.ListOrdersRequest;
import dev.quadrille.proto.catering.v1.ListOrdersResponse;
import dev.quadrille.proto.catering.v1.OrderStatus;
import dev.quadrille.proto.catering.v1.QueryServiceGrpc.QueryServiceImplBase;
import dev.quadrille.proto.catering.v1.WatchOrdersRequest;
import dev.quadrille.proto.catering.v1.WatchOrdersResponse;
import dev.quadrille.queries.Freshness;
import dev.quadrille.queries.ReadTables;
import dev.quadrille.queries.Watches;
import io.grpc.stub.StreamObserver;
import org.jooq.Condition;

/** Shows the tables of {@link CateringView}. Sees only requests that keep the rules of their proto. */
public final class CateringQueries extends QueryServiceImplBase {

    private final ReadTables tables;

    public CateringQueries(Database database, Freshness freshness, Watches watches) {
        this.tables = new ReadTables(database, freshness, watches, CateringView.CATEGORIES);
    }

    @Override
    public void getOrder(GetOrderRequest request, StreamObserver<GetOrderResponse> responses) {
        tables.answer(
                responses,
                request.getConsistencyToken(),
                () -> GetOrderResponse.newBuilder()
                        .setOrder(Shown.order(tables.one(ORDER.ORDER_ID, request.getOrderId(), noCondition())))
                        .build());
    }

    @Override
    public void listOrders(ListOrdersRequest request, StreamObserver<ListOrdersResponse> responses) {
        tables.answer(responses, request.getConsistencyToken(), () -> {
            var page = tables.page(request, ORDER.ORDER_ID, those(request.getCustomerId(), request.getStatus()));
            return ListOrdersResponse.newBuilder()
                    .addAllOrders(page.as(Shown::order))
                    .setNextPageToken(page.nextToken())
                    .build();
        });
    }

    @Override
    public void watchOrders(WatchOrdersRequest request, StreamObserver<WatchOrdersResponse> responses) {
        tables.watch(
                responses,
                request.getConsistencyToken(),
                ORDER.ORDER_ID,
                those(request.getCustomerId(), request.getStatus()),
                row -> WatchOrdersResponse.newBuilder()
                        .setOrder(Shown.order(row))
                        .build());
    }

    private static Condition those(String customerId, OrderStatus status) {
        return is(ORDER.CUSTOMER_ID, customerId).and(is(ORDER.STATUS, status));
    }
}
