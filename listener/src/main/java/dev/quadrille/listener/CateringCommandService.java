package dev.quadrille.listener;

import static dev.quadrille.proto.catering.v1.CommandServiceGrpc.getConfirmMenuAsCatererMethod;
import static dev.quadrille.proto.catering.v1.CommandServiceGrpc.getConfirmMenuAsCustomerMethod;
import static dev.quadrille.proto.catering.v1.CommandServiceGrpc.getDeclineMenuAsCatererMethod;
import static dev.quadrille.proto.catering.v1.CommandServiceGrpc.getOfferMenuMethod;
import static dev.quadrille.proto.catering.v1.CommandServiceGrpc.getPlaceOrderMethod;

import dev.quadrille.catering.order.CatererId;
import dev.quadrille.catering.order.CustomerId;
import dev.quadrille.catering.order.MenuId;
import dev.quadrille.catering.order.OrderCommand.ConfirmMenuAsCaterer;
import dev.quadrille.catering.order.OrderCommand.ConfirmMenuAsCustomer;
import dev.quadrille.catering.order.OrderCommand.DeclineMenuAsCaterer;
import dev.quadrille.catering.order.OrderCommand.OfferMenu;
import dev.quadrille.catering.order.OrderCommand.PlaceOrder;
import dev.quadrille.catering.order.OrderId;
import dev.quadrille.commands.CallIds;
import dev.quadrille.commands.CommandQueue;
import dev.quadrille.grpc.Unary;
import dev.quadrille.grpc.WireMoney;
import dev.quadrille.proto.catering.v1.CommandServiceGrpc.CommandServiceImplBase;
import dev.quadrille.proto.catering.v1.ConfirmMenuAsCatererRequest;
import dev.quadrille.proto.catering.v1.ConfirmMenuAsCatererResponse;
import dev.quadrille.proto.catering.v1.ConfirmMenuAsCustomerRequest;
import dev.quadrille.proto.catering.v1.ConfirmMenuAsCustomerResponse;
import dev.quadrille.proto.catering.v1.DeclineMenuAsCatererRequest;
import dev.quadrille.proto.catering.v1.DeclineMenuAsCatererResponse;
import dev.quadrille.proto.catering.v1.OfferMenuRequest;
import dev.quadrille.proto.catering.v1.OfferMenuResponse;
import dev.quadrille.proto.catering.v1.PlaceOrderRequest;
import dev.quadrille.proto.catering.v1.PlaceOrderResponse;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** Catering's commands as clients call them. Sees only requests that keep the rules of their proto. */
final class CateringCommandService extends CommandServiceImplBase {

    private final CommandQueue queue;
    private final InstantSource clock;

    CateringCommandService(CommandQueue queue, InstantSource clock) {
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * Whether there is time left for offers is for the order to decide, by the time of the call: refused here, a request
     * that was taken would be answered otherwise when it comes again later (P2).
     */
    @Override
    public void placeOrder(PlaceOrderRequest request, StreamObserver<PlaceOrderResponse> responses) {
        Unary.answer(responses, () -> {
            var customer = UUID.fromString(request.getCustomerId());
            var offersEndAt = Instant.ofEpochSecond(
                    request.getOffersEndAt().getSeconds(),
                    request.getOffersEndAt().getNanos());
            var ids = CallIds.of(request.getRequestId(), getPlaceOrderMethod(), customer, offersEndAt);
            var order = ids.created("order");
            queue.enqueue(
                    ids, new PlaceOrder(new OrderId(order), new CustomerId(customer), offersEndAt, clock.instant()));
            return PlaceOrderResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .setOrderId(order.toString())
                    .build();
        });
    }

    @Override
    public void offerMenu(OfferMenuRequest request, StreamObserver<OfferMenuResponse> responses) {
        Unary.answer(responses, () -> {
            var order = UUID.fromString(request.getOrderId());
            var caterer = UUID.fromString(request.getCatererId());
            var description = request.getDescription();
            var price = WireMoney.fromWire(request.getPrice());
            var ids = CallIds.of(request.getRequestId(), getOfferMenuMethod(), order, caterer, description, price);
            var menu = ids.created("menu");
            queue.enqueue(
                    ids,
                    new OfferMenu(new OrderId(order), new MenuId(menu), new CatererId(caterer), description, price));
            return OfferMenuResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .setMenuId(menu.toString())
                    .build();
        });
    }

    @Override
    public void confirmMenuAsCustomer(
            ConfirmMenuAsCustomerRequest request, StreamObserver<ConfirmMenuAsCustomerResponse> responses) {
        Unary.answer(responses, () -> {
            var order = UUID.fromString(request.getOrderId());
            var menu = UUID.fromString(request.getMenuId());
            var ids = CallIds.of(request.getRequestId(), getConfirmMenuAsCustomerMethod(), order, menu);
            queue.enqueue(ids, new ConfirmMenuAsCustomer(new OrderId(order), new MenuId(menu)));
            return ConfirmMenuAsCustomerResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .build();
        });
    }

    @Override
    public void confirmMenuAsCaterer(
            ConfirmMenuAsCatererRequest request, StreamObserver<ConfirmMenuAsCatererResponse> responses) {
        Unary.answer(responses, () -> {
            var order = UUID.fromString(request.getOrderId());
            var menu = UUID.fromString(request.getMenuId());
            var ids = CallIds.of(request.getRequestId(), getConfirmMenuAsCatererMethod(), order, menu);
            queue.enqueue(ids, new ConfirmMenuAsCaterer(new OrderId(order), new MenuId(menu)));
            return ConfirmMenuAsCatererResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .build();
        });
    }

    @Override
    public void declineMenuAsCaterer(
            DeclineMenuAsCatererRequest request, StreamObserver<DeclineMenuAsCatererResponse> responses) {
        Unary.answer(responses, () -> {
            var order = UUID.fromString(request.getOrderId());
            var menu = UUID.fromString(request.getMenuId());
            var ids = CallIds.of(request.getRequestId(), getDeclineMenuAsCatererMethod(), order, menu);
            queue.enqueue(ids, new DeclineMenuAsCaterer(new OrderId(order), new MenuId(menu)));
            return DeclineMenuAsCatererResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .build();
        });
    }
}
