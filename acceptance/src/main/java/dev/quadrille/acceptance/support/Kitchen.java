package dev.quadrille.acceptance.support;

import com.google.protobuf.Timestamp;
import dev.quadrille.proto.catering.v1.CommandServiceGrpc;
import dev.quadrille.proto.catering.v1.CommandServiceGrpc.CommandServiceBlockingStub;
import dev.quadrille.proto.catering.v1.ConfirmMenuAsCatererRequest;
import dev.quadrille.proto.catering.v1.ConfirmMenuAsCustomerRequest;
import dev.quadrille.proto.catering.v1.DeclineMenuAsCatererRequest;
import dev.quadrille.proto.catering.v1.GetOrderRequest;
import dev.quadrille.proto.catering.v1.OfferMenuRequest;
import dev.quadrille.proto.catering.v1.Order;
import dev.quadrille.proto.catering.v1.OrderStatus;
import dev.quadrille.proto.catering.v1.PlaceOrderRequest;
import dev.quadrille.proto.catering.v1.QueryServiceGrpc;
import dev.quadrille.proto.catering.v1.QueryServiceGrpc.QueryServiceBlockingStub;
import dev.quadrille.proto.command.v1.AwaitOutcomeRequest;
import dev.quadrille.proto.command.v1.Outcome;
import dev.quadrille.proto.command.v1.OutcomeServiceGrpc;
import dev.quadrille.proto.process.v1.GetProcessRequest;
import dev.quadrille.proto.process.v1.GetProcessResponse;
import io.grpc.ManagedChannel;
import java.time.Instant;
import java.util.UUID;

/** One client's dealings with the orders of a running system, over gRPC. Calls may come from any thread. */
public final class Kitchen implements AutoCloseable {

    private final ManagedChannel listener;
    private final ManagedChannel query;

    public Kitchen(Addresses addresses) {
        listener = Channels.open(addresses.listener());
        query = Channels.open(addresses.query());
    }

    /** An accepted wish, and the order or menu that is to be. */
    public record Wish(UUID command, UUID created) {}

    public Wish place(UUID customer, Instant offersEndAt) {
        var answer = commands()
                .placeOrder(PlaceOrderRequest.newBuilder()
                        .setCustomerId(customer.toString())
                        .setOffersEndAt(timestamp(offersEndAt))
                        .build());
        return new Wish(UUID.fromString(answer.getCommandId()), UUID.fromString(answer.getOrderId()));
    }

    public static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    public Wish offer(UUID order, String description, Amount price) {
        var answer = commands()
                .offerMenu(OfferMenuRequest.newBuilder()
                        .setOrderId(order.toString())
                        .setCatererId(UUID.randomUUID().toString())
                        .setDescription(description)
                        .setPrice(price.money())
                        .build());
        return new Wish(UUID.fromString(answer.getCommandId()), UUID.fromString(answer.getMenuId()));
    }

    /** Answers the id of the command. */
    public UUID confirmAsCustomer(UUID order, UUID menu) {
        return UUID.fromString(commands()
                .confirmMenuAsCustomer(ConfirmMenuAsCustomerRequest.newBuilder()
                        .setOrderId(order.toString())
                        .setMenuId(menu.toString())
                        .build())
                .getCommandId());
    }

    /** Answers the id of the command. */
    public UUID confirmAsCaterer(UUID order, UUID menu) {
        return UUID.fromString(commands()
                .confirmMenuAsCaterer(ConfirmMenuAsCatererRequest.newBuilder()
                        .setOrderId(order.toString())
                        .setMenuId(menu.toString())
                        .build())
                .getCommandId());
    }

    /** Answers the id of the command. */
    public UUID declineAsCaterer(UUID order, UUID menu) {
        return UUID.fromString(commands()
                .declineMenuAsCaterer(DeclineMenuAsCatererRequest.newBuilder()
                        .setOrderId(order.toString())
                        .setMenuId(menu.toString())
                        .build())
                .getCommandId());
    }

    /** Waits until the command is accepted or rejected. */
    public Outcome outcomeOf(UUID command) {
        return OutcomeServiceGrpc.newBlockingStub(query)
                .awaitOutcome(AwaitOutcomeRequest.newBuilder()
                        .setCommandId(command.toString())
                        .build())
                .getOutcome();
    }

    public Order order(UUID order, String consistencyToken) {
        return queries()
                .getOrder(GetOrderRequest.newBuilder()
                        .setOrderId(order.toString())
                        .setConsistencyToken(consistencyToken)
                        .build())
                .getOrder();
    }

    /** Waits until an order is in this status. */
    public Order orderIn(OrderStatus status, UUID order) {
        Patience.eventually(() -> {
            var now = order(order, "").getStatus();
            if (now != status) {
                throw new AssertionError("The order " + order + " is " + now + ", not " + status);
            }
        });
        return order(order, "");
    }

    /** The process of an order, with its steps, once it has ended. */
    public GetProcessResponse endedProcessOf(Order order) {
        Patience.eventually(() -> {
            if (!process(order).getProcess().getEnded()) {
                throw new AssertionError("The process " + order.getProcessId() + " has not ended");
            }
        });
        return process(order);
    }

    /** The process of an order, with its steps. */
    public GetProcessResponse process(Order order) {
        return dev.quadrille.proto.process.v1.QueryServiceGrpc.newBlockingStub(query)
                .getProcess(GetProcessRequest.newBuilder()
                        .setProcessId(order.getProcessId())
                        .build());
    }

    public CommandServiceBlockingStub commands() {
        return CommandServiceGrpc.newBlockingStub(listener);
    }

    public QueryServiceBlockingStub queries() {
        return QueryServiceGrpc.newBlockingStub(query);
    }

    @Override
    public void close() {
        listener.shutdownNow();
        query.shutdownNow();
    }
}
