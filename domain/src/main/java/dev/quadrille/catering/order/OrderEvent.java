package dev.quadrille.catering.order;

import dev.quadrille.kernel.Event;
import java.time.Instant;
import org.joda.money.Money;

/** What can happen to an order. */
public sealed interface OrderEvent extends Event {

    OrderId orderId();

    /** Menus can be offered for it, and matched until the offers end. */
    record OrderPlaced(OrderId orderId, CustomerId customerId, Instant offersEndAt) implements OrderEvent {}

    /** The caterer would serve the menu at this price. */
    record MenuOffered(OrderId orderId, MenuId menuId, CatererId catererId, String description, Money price)
            implements OrderEvent {}

    /** The customer would take the menu. */
    record CustomerConfirmedMenu(OrderId orderId, MenuId menuId) implements OrderEvent {}

    /** The menu's caterer stands by it. */
    record CatererConfirmedMenu(OrderId orderId, MenuId menuId) implements OrderEvent {}

    /** The menu's caterer does not stand by it. */
    record CatererDeclinedMenu(OrderId orderId, MenuId menuId) implements OrderEvent {}

    /** The order is settled with this menu for good. */
    record OrderConfirmed(OrderId orderId, MenuId menuId) implements OrderEvent {}

    /** The order has come to nothing for good. */
    record OrderExpired(OrderId orderId) implements OrderEvent {}
}
