package dev.quadrille.catering;

import dev.quadrille.catering.order.MenuId;
import dev.quadrille.catering.order.OrderId;
import java.util.HashSet;
import java.util.Set;

/** How far the matching of an order's menus has come. */
sealed interface MatchState {

    /** No order has been placed. */
    record NotBegun() implements MatchState {}

    /** One has. */
    sealed interface Begun extends MatchState {
        OrderId orderId();
    }

    /** No menu has been confirmed by both sides: only by the customer, or only by their caterers. */
    record OffersOpen(OrderId orderId, Set<MenuId> byCustomer, Set<MenuId> byCaterer) implements Begun {
        public OffersOpen {
            byCustomer = Set.copyOf(byCustomer);
            byCaterer = Set.copyOf(byCaterer);
        }

        MatchState confirmedByCustomer(MenuId menu) {
            return byCaterer.contains(menu) ? match(menu) : new OffersOpen(orderId, with(byCustomer, menu), byCaterer);
        }

        MatchState confirmedByCaterer(MenuId menu) {
            return byCustomer.contains(menu) ? match(menu) : new OffersOpen(orderId, byCustomer, with(byCaterer, menu));
        }

        private MenuMatched match(MenuId menu) {
            return new MenuMatched(orderId, menu, false, "");
        }

        private static Set<MenuId> with(Set<MenuId> menus, MenuId menu) {
            var more = new HashSet<>(menus);
            more.add(menu);
            return more;
        }
    }

    /**
     * The first menu has been confirmed by both sides, and the order has been asked to be confirmed with it.
     *
     * @param again whether one side or the other has confirmed a menu since, which asks nothing more
     * @param stuckBecause why the order did not follow; empty if nothing is known of that
     */
    record MenuMatched(OrderId orderId, MenuId menuId, boolean again, String stuckBecause) implements Begun {}

    /**
     * The time is over and no menu has been confirmed by both sides, so the order has been asked to expire.
     *
     * @param stuckBecause why the order did not follow; empty if nothing is known of that
     */
    record OfferPeriodOver(OrderId orderId, String stuckBecause) implements Begun {}

    /** The order is confirmed: the end. */
    record OrderConfirmed(OrderId orderId) implements Begun {}

    /** The order has expired: the end. */
    record OrderExpired(OrderId orderId) implements Begun {}
}
