package dev.quadrille.catering.order;

import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.money.Amounts;
import java.time.Instant;
import org.joda.money.Money;

/** What an order can be asked. */
public sealed interface OrderCommand extends Command {

    OrderId orderId();

    @Override
    default StreamId stream() {
        return orderId().stream();
    }

    /**
     * Places the order; asked again, nothing changes.
     *
     * @param offersEndAt until when menus can be matched
     * @param askedAt when somebody asked for it: what is to end before has no time for offers
     */
    record PlaceOrder(OrderId orderId, CustomerId customerId, Instant offersEndAt, Instant askedAt)
            implements OrderCommand {}

    /** Offers a menu; asked again, nothing changes. */
    record OfferMenu(OrderId orderId, MenuId menuId, CatererId catererId, String description, Money price)
            implements OrderCommand {
        public OfferMenu {
            Amounts.positive("A menu's price", price);
        }
    }

    /** About a menu that has been offered. */
    sealed interface OnMenu extends OrderCommand {
        MenuId menuId();
    }

    /** Confirms a menu as the customer. */
    record ConfirmMenuAsCustomer(OrderId orderId, MenuId menuId) implements OnMenu {}

    /** Confirms a menu as its caterer, who has not declined it. */
    record ConfirmMenuAsCaterer(OrderId orderId, MenuId menuId) implements OnMenu {}

    /** Declines a menu as its caterer, who has not confirmed it. */
    record DeclineMenuAsCaterer(OrderId orderId, MenuId menuId) implements OnMenu {}

    /** Confirms the order with a menu that both sides have confirmed, unless it has expired. */
    record ConfirmOrder(OrderId orderId, MenuId menuId) implements OnMenu {}

    /** Ends the order without a menu, unless it is confirmed. */
    record ExpireOrder(OrderId orderId) implements OrderCommand {}
}
