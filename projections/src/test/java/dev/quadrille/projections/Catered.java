package dev.quadrille.projections;

import dev.quadrille.catering.order.CatererId;
import dev.quadrille.catering.order.CustomerId;
import dev.quadrille.catering.order.MenuId;
import dev.quadrille.catering.order.OrderEvent.CatererConfirmedMenu;
import dev.quadrille.catering.order.OrderEvent.CatererDeclinedMenu;
import dev.quadrille.catering.order.OrderEvent.CustomerConfirmedMenu;
import dev.quadrille.catering.order.OrderEvent.MenuOffered;
import dev.quadrille.catering.order.OrderEvent.OrderConfirmed;
import dev.quadrille.catering.order.OrderEvent.OrderExpired;
import dev.quadrille.catering.order.OrderEvent.OrderPlaced;
import dev.quadrille.catering.order.OrderId;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventEnvelope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What happens to one order and two menus, told with ids of its own. */
final class Catered {

    final OrderId order = new OrderId(UUID.randomUUID());
    final CustomerId customer = new CustomerId(UUID.randomUUID());
    final CatererId caterer = new CatererId(UUID.randomUUID());
    final MenuId menu = new MenuId(UUID.randomUUID());
    final MenuId other = new MenuId(UUID.randomUUID());

    /** Offers end a nanosecond less than a microsecond before the end of time. */
    Event placed() {
        return new OrderPlaced(order, customer, Instant.parse("9999-12-31T23:59:59.999999999Z"));
    }

    /** At 10 euros. */
    Event offered(MenuId which) {
        return new MenuOffered(order, which, caterer, "Soup & bread", Story.eur(10));
    }

    Event confirmedByCustomer(MenuId which) {
        return new CustomerConfirmedMenu(order, which);
    }

    Event confirmedByCaterer(MenuId which) {
        return new CatererConfirmedMenu(order, which);
    }

    Event declined(MenuId which) {
        return new CatererDeclinedMenu(order, which);
    }

    Event confirmed() {
        return new OrderConfirmed(order, menu);
    }

    Event expired() {
        return new OrderExpired(order);
    }

    List<EventEnvelope> events(Event... events) {
        return Story.stream(order.stream(), List.of(events));
    }
}
