package dev.quadrille.catering.order;

import static dev.quadrille.kernel.Decision.accept;
import static dev.quadrille.kernel.Decision.alreadyTrue;
import static dev.quadrille.kernel.Decision.reject;

import dev.quadrille.catering.order.Order.Answer;
import dev.quadrille.catering.order.Order.Confirmed;
import dev.quadrille.catering.order.Order.Expired;
import dev.quadrille.catering.order.Order.Menu;
import dev.quadrille.catering.order.Order.Open;
import dev.quadrille.catering.order.Order.Unknown;
import dev.quadrille.catering.order.OrderCommand.ConfirmMenuAsCaterer;
import dev.quadrille.catering.order.OrderCommand.ConfirmMenuAsCustomer;
import dev.quadrille.catering.order.OrderCommand.ConfirmOrder;
import dev.quadrille.catering.order.OrderCommand.DeclineMenuAsCaterer;
import dev.quadrille.catering.order.OrderCommand.ExpireOrder;
import dev.quadrille.catering.order.OrderCommand.OfferMenu;
import dev.quadrille.catering.order.OrderCommand.OnMenu;
import dev.quadrille.catering.order.OrderCommand.PlaceOrder;
import dev.quadrille.catering.order.OrderEvent.CatererConfirmedMenu;
import dev.quadrille.catering.order.OrderEvent.CatererDeclinedMenu;
import dev.quadrille.catering.order.OrderEvent.CustomerConfirmedMenu;
import dev.quadrille.catering.order.OrderEvent.MenuOffered;
import dev.quadrille.catering.order.OrderEvent.OrderConfirmed;
import dev.quadrille.catering.order.OrderEvent.OrderExpired;
import dev.quadrille.catering.order.OrderEvent.OrderPlaced;
import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Decider;
import dev.quadrille.kernel.Decision;
import dev.quadrille.kernel.StreamId;
import java.util.Map;
import java.util.Set;

/**
 * An order is confirmed with one menu that the customer and its caterer have confirmed, or it expires: never both. A caterer
 * says yes or no to a menu once. After the end of an order nobody says anything about its menus any more.
 */
public final class OrderDecider implements Decider<OrderCommand, Order, OrderEvent> {

    private OrderDecider() {}

    /** Orders as the handler hosts them. */
    public static Aggregate<OrderCommand, ?, OrderEvent> aggregate() {
        return new Aggregate<>(OrderId.CATEGORY, OrderCommand.class, OrderEvent.class, new OrderDecider());
    }

    @Override
    public Order initial() {
        return new Unknown();
    }

    @Override
    public Order evolve(Order order, OrderEvent event) {
        return switch (order) {
            case Unknown _ when event instanceof OrderPlaced -> new Open(Map.of());
            case Open open -> evolve(open, event);
            case Unknown _, Confirmed _, Expired _ -> throw impossible(order, event);
        };
    }

    private static Order evolve(Open open, OrderEvent event) {
        return switch (event) {
            case MenuOffered offered -> open.with(offered.menuId(), Menu.OFFERED);
            case CustomerConfirmedMenu(var _, var menu) ->
                open.with(menu, known(open, menu, event).byCustomer());
            case CatererConfirmedMenu(var _, var menu) ->
                open.with(menu, known(open, menu, event).byCaterer(Answer.CONFIRMED));
            case CatererDeclinedMenu(var _, var menu) ->
                open.with(menu, known(open, menu, event).byCaterer(Answer.DECLINED));
            case OrderConfirmed(var _, var menu) -> new Confirmed(menu);
            case OrderExpired _ -> new Expired();
            case OrderPlaced _ -> throw impossible(open, event);
        };
    }

    private static Menu known(Open open, MenuId id, OrderEvent event) {
        var menu = open.menus().get(id);
        if (menu == null) {
            throw impossible(open, event);
        }
        return menu;
    }

    private static IllegalStateException impossible(Order order, OrderEvent event) {
        return new IllegalStateException(event + " can't follow on " + order);
    }

    @Override
    public Decision<OrderEvent> decide(Order order, OrderCommand command, Set<StreamId> existing) {
        return switch (order) {
            case Unknown _ when command instanceof PlaceOrder place -> place(place);
            case Unknown _ ->
                reject(
                        "ORDER_NOT_FOUND",
                        "There is no order " + command.orderId().value());
            case Open open -> decide(open, command);
            case Confirmed(var menu)
            when command instanceof PlaceOrder || command.equals(new ConfirmOrder(command.orderId(), menu)) ->
                alreadyTrue();
            case Confirmed(var menu) ->
                reject(
                        "ORDER_CONFIRMED",
                        "Order " + command.orderId().value() + " is confirmed with menu " + menu.value());
            case Expired _ when command instanceof PlaceOrder || command instanceof ExpireOrder -> alreadyTrue();
            case Expired _ ->
                reject("ORDER_EXPIRED", "Order " + command.orderId().value() + " has expired");
        };
    }

    private static Decision<OrderEvent> place(PlaceOrder place) {
        return place.offersEndAt().isAfter(place.askedAt())
                ? accept(new OrderPlaced(place.orderId(), place.customerId(), place.offersEndAt()))
                : reject(
                        "OFFERS_END_IN_THE_PAST",
                        "Offers can't end at " + place.offersEndAt() + " for an order of " + place.askedAt());
    }

    private static Decision<OrderEvent> decide(Open open, OrderCommand command) {
        return switch (command) {
            case PlaceOrder _ -> alreadyTrue();
            case OfferMenu(var order, var menu, var caterer, var description, var price) ->
                open.menus().containsKey(menu)
                        ? alreadyTrue()
                        : accept(new MenuOffered(order, menu, caterer, description, price));
            case OnMenu onMenu -> {
                var menu = open.menus().get(onMenu.menuId());
                yield menu == null
                        ? reject(
                                "MENU_NOT_FOUND",
                                "Order " + onMenu.orderId().value() + " has no menu "
                                        + onMenu.menuId().value())
                        : decide(menu, onMenu);
            }
            case ExpireOrder(var order) -> accept(new OrderExpired(order));
        };
    }

    private static Decision<OrderEvent> decide(Menu menu, OnMenu command) {
        return switch (command) {
            case ConfirmMenuAsCustomer(var order, var id) ->
                menu.confirmedByCustomer() ? alreadyTrue() : accept(new CustomerConfirmedMenu(order, id));
            case ConfirmMenuAsCaterer(var order, var id) ->
                switch (menu.caterer()) {
                    case NONE -> accept(new CatererConfirmedMenu(order, id));
                    case CONFIRMED -> alreadyTrue();
                    case DECLINED -> reject("MENU_DECLINED", "Its caterer has declined menu " + id.value() + " before");
                };
            case DeclineMenuAsCaterer(var order, var id) ->
                switch (menu.caterer()) {
                    case NONE -> accept(new CatererDeclinedMenu(order, id));
                    case CONFIRMED ->
                        reject("MENU_ALREADY_CONFIRMED", "Its caterer has confirmed menu " + id.value() + " before");
                    case DECLINED -> alreadyTrue();
                };
            case ConfirmOrder(var order, var id) ->
                menu.matched()
                        ? accept(new OrderConfirmed(order, id))
                        : reject("MENU_NOT_CONFIRMED", "Not both sides have confirmed menu " + id.value());
        };
    }
}
