package dev.quadrille.projections.catering;

import static dev.quadrille.postgres.Texts.storable;
import static dev.quadrille.postgres.intake.Upsert.upsert;
import static dev.quadrille.projections.generated.Tables.OFFERED_MENU;
import static dev.quadrille.projections.generated.Tables.PLACED_ORDER;
import static java.util.Comparator.comparing;

import dev.quadrille.catering.order.MenuId;
import dev.quadrille.catering.order.OrderEvent;
import dev.quadrille.catering.order.OrderEvent.CatererConfirmedMenu;
import dev.quadrille.catering.order.OrderEvent.CatererDeclinedMenu;
import dev.quadrille.catering.order.OrderEvent.CustomerConfirmedMenu;
import dev.quadrille.catering.order.OrderEvent.MenuOffered;
import dev.quadrille.catering.order.OrderEvent.OrderConfirmed;
import dev.quadrille.catering.order.OrderEvent.OrderExpired;
import dev.quadrille.catering.order.OrderEvent.OrderPlaced;
import dev.quadrille.catering.order.OrderId;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.postgres.intake.Happened;
import dev.quadrille.projections.generated.tables.records.OfferedMenuRecord;
import dev.quadrille.projections.generated.tables.records.PlacedOrderRecord;
import dev.quadrille.proto.catering.v1.OrderStatus;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;

/** What a batch of events changes in the tables. For one transaction, on one thread. */
final class Changes {

    /** A menu is one of an order's: what other streams say of the same does not touch it. */
    private record Key(UUID order, UUID menu) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            return comparing(Key::order).thenComparing(Key::menu).compare(this, other);
        }
    }

    private final SortedMap<UUID, PlacedOrderRecord> orders = new TreeMap<>();
    private final SortedMap<Key, OfferedMenuRecord> menus = new TreeMap<>();

    /**
     * Adds an event, the next of its stream.
     *
     * @throws IllegalArgumentException if it is no event of catering
     */
    void add(Happened happened) {
        switch (happened.event()) {
            case OrderEvent event -> add(event, happened.envelope().version());
            case CommandRejected _ -> {}
            default -> throw new IllegalArgumentException(happened.event().getClass() + " is no event of catering");
        }
    }

    private void add(OrderEvent event, long version) {
        switch (event) {
            case OrderPlaced(var order, var customer, var offersEndAt) -> {
                var row = order(order, OrderStatus.ORDER_STATUS_OPEN);
                row.setCustomerId(customer.value());
                row.setOffersEndAt(offersEndAt.truncatedTo(ChronoUnit.MICROS));
            }
            case MenuOffered(var order, var menu, var caterer, var description, var price) -> {
                var row = menu(order, menu);
                row.setPlace(version);
                row.setCatererId(caterer.value());
                row.setDescription(storable(description));
                row.setCurrency(price.getCurrencyUnit().getCode());
                row.setPrice(price.getAmount());
            }
            case CustomerConfirmedMenu(var order, var menu) -> menu(order, menu).setConfirmedByCustomer(true);
            case CatererConfirmedMenu(var order, var menu) -> menu(order, menu).setConfirmedByCaterer(true);
            case CatererDeclinedMenu(var order, var menu) -> menu(order, menu).setDeclined(true);
            case OrderConfirmed(var order, var menu) ->
                order(order, OrderStatus.ORDER_STATUS_CONFIRMED).setConfirmedMenuId(menu.value());
            case OrderExpired(var order) -> order(order, OrderStatus.ORDER_STATUS_EXPIRED);
        }
    }

    private PlacedOrderRecord order(OrderId id, OrderStatus status) {
        var row = orders.computeIfAbsent(id.value(), _ -> new PlacedOrderRecord());
        row.setOrderId(id.value());
        row.setStatus(status.name());
        return row;
    }

    private OfferedMenuRecord menu(OrderId order, MenuId id) {
        var row = menus.computeIfAbsent(new Key(order.value(), id.value()), _ -> new OfferedMenuRecord());
        row.setOrderId(order.value());
        row.setMenuId(id.value());
        return row;
    }

    /** Writes what was added, the orders first, which change with their menus. Called once, last. */
    void write(DSLContext transaction) {
        upsert(
                transaction,
                List.of(PLACED_ORDER.ORDER_ID),
                orders.values(),
                List.of(
                        PLACED_ORDER.CUSTOMER_ID,
                        PLACED_ORDER.OFFERS_END_AT,
                        PLACED_ORDER.STATUS,
                        PLACED_ORDER.CONFIRMED_MENU_ID),
                List.of());
        upsert(
                transaction,
                List.of(OFFERED_MENU.ORDER_ID, OFFERED_MENU.MENU_ID),
                menus.values(),
                List.of(
                        OFFERED_MENU.PLACE,
                        OFFERED_MENU.CATERER_ID,
                        OFFERED_MENU.DESCRIPTION,
                        OFFERED_MENU.CURRENCY,
                        OFFERED_MENU.PRICE,
                        OFFERED_MENU.CONFIRMED_BY_CUSTOMER,
                        OFFERED_MENU.CONFIRMED_BY_CATERER,
                        OFFERED_MENU.DECLINED),
                List.of());
    }
}
