package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Expected.assertRejected;
import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static dev.quadrille.proto.catering.v1.OrderStatus.ORDER_STATUS_CONFIRMED;
import static dev.quadrille.proto.catering.v1.OrderStatus.ORDER_STATUS_EXPIRED;
import static dev.quadrille.proto.catering.v1.OrderStatus.ORDER_STATUS_OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.quadrille.acceptance.support.Addresses;
import dev.quadrille.acceptance.support.AtOnce;
import dev.quadrille.acceptance.support.Kitchen;
import dev.quadrille.proto.catering.v1.ListOrdersRequest;
import dev.quadrille.proto.catering.v1.Menu;
import dev.quadrille.proto.catering.v1.Order;
import dev.quadrille.proto.catering.v1.PlaceOrderRequest;
import dev.quadrille.proto.catering.v1.WatchOrdersRequest;
import dev.quadrille.proto.process.v1.IssuedCommand;
import dev.quadrille.proto.process.v1.ProcessStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Orders are confirmed with a menu that both sides want, or expire, and the processes that see to it can be seen. */
abstract class CateringContract {

    private static final int RACES = 50;

    @AutoClose
    private final Kitchen kitchen;

    private final UUID customer = UUID.randomUUID();
    private final Instant nextYear = Instant.now().plus(Duration.ofDays(365));

    CateringContract(Addresses addresses) {
        kitchen = new Kitchen(addresses);
    }

    @Test
    void P7_an_order_is_confirmed_with_the_menu_that_both_sides_confirm_and_every_step_can_be_seen() {
        var order = place();
        var menu = offer(order);

        assertThat(kitchen.order(order, tokenOf(kitchen.confirmAsCaterer(order, menu)))
                        .getStatus())
                .isEqualTo(ORDER_STATUS_OPEN);
        accepted(kitchen.confirmAsCustomer(order, menu));

        var confirmed = kitchen.orderIn(ORDER_STATUS_CONFIRMED, order);
        assertThat(confirmed.getConfirmedMenuId()).isEqualTo(menu.toString());
        assertThat(confirmed.getMenusList())
                .singleElement()
                .extracting(Menu::getConfirmedByCustomer, Menu::getConfirmedByCaterer, Menu::getDeclined)
                .containsExactly(true, true, false);
        var process = kitchen.endedProcessOf(confirmed);
        assertThat(process.getProcess().getType()).isEqualTo("catering-match");
        assertThat(process.getProcess().getState()).isEqualTo("OrderConfirmed");
        assertThat(process.getProcess().getSubject()).isEqualTo("catering.order/" + order);
        assertThat(process.getHistoryList())
                .extracting(step -> step.getInput().getType())
                .containsExactly(
                        "catering.OrderPlaced.v1",
                        "catering.CatererConfirmedMenu.v1",
                        "catering.CustomerConfirmedMenu.v1",
                        "catering.OrderConfirmed.v1");
        assertThat(commandsOf(process.getHistoryList())).containsExactly("catering.ConfirmOrder.v1");
        assertThat(process.getHistoryList().getFirst().getDeadlinesList())
                .singleElement()
                .satisfies(deadline ->
                        assertThat(deadline.getScheduledFor().getSeconds()).isEqualTo(nextYear.getEpochSecond()));
    }

    @Test
    void P7_while_it_waits_the_process_says_for_what() {
        var order = place();

        var shown = kitchen.order(order, "");
        eventually(() -> assertThat(kitchen.process(shown).getProcess())
                .satisfies(process -> assertThat(process.getState()).isEqualTo("OffersOpen"))
                .satisfies(process -> assertThat(process.getWaitingFor())
                        .isEqualTo("the customer and a caterer to confirm the same menu")));
    }

    @Test
    void a_menu_that_is_declined_leaves_the_other_possible() {
        var order = place();
        var declined = offer(order);
        var other = offer(order);
        accepted(kitchen.declineAsCaterer(order, declined));

        accepted(kitchen.confirmAsCustomer(order, declined));
        var inVain = kitchen.confirmAsCaterer(order, declined);
        assertRejected(kitchen.outcomeOf(inVain), inVain, "MENU_DECLINED");
        accepted(kitchen.confirmAsCustomer(order, other));
        accepted(kitchen.confirmAsCaterer(order, other));

        var confirmed = kitchen.orderIn(ORDER_STATUS_CONFIRMED, order);
        assertThat(confirmed.getConfirmedMenuId()).isEqualTo(other.toString());
        assertThat(confirmed.getMenusList())
                .extracting(Menu::getMenuId, Menu::getDeclined)
                .containsExactly(tuple(declined.toString(), true), tuple(other.toString(), false));
    }

    @Test
    void what_can_t_be_is_refused_with_the_reason() {
        var order = place();
        var menu = offer(order);
        var nothing = UUID.randomUUID();
        accepted(kitchen.confirmAsCaterer(order, menu));

        refused("OFFERS_END_IN_THE_PAST", kitchen.place(customer, Instant.EPOCH).command());
        refused("ORDER_NOT_FOUND", kitchen.offer(nothing, "Bread", eur(1)).command());
        refused("ORDER_NOT_FOUND", kitchen.confirmAsCustomer(nothing, menu));
        refused("MENU_NOT_FOUND", kitchen.confirmAsCustomer(order, nothing));
        refused("MENU_NOT_FOUND", kitchen.confirmAsCaterer(order, nothing));
        refused("MENU_NOT_FOUND", kitchen.declineAsCaterer(order, nothing));
        refused("MENU_ALREADY_CONFIRMED", kitchen.declineAsCaterer(order, menu));

        accepted(kitchen.confirmAsCustomer(order, menu));
        kitchen.orderIn(ORDER_STATUS_CONFIRMED, order);
        refused("ORDER_CONFIRMED", kitchen.confirmAsCustomer(order, menu));
        refused("ORDER_CONFIRMED", kitchen.offer(order, "Bread", eur(1)).command());
    }

    @Test
    void P2_an_order_is_placed_once_also_when_the_same_is_asked_after_the_offers_have_ended() {
        var request = PlaceOrderRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setCustomerId(customer.toString())
                .setOffersEndAt(Kitchen.timestamp(soon()))
                .build();
        var placed = kitchen.commands().placeOrder(request);
        kitchen.orderIn(ORDER_STATUS_EXPIRED, UUID.fromString(placed.getOrderId()));

        assertThat(kitchen.commands().placeOrder(request)).isEqualTo(placed);
        accepted(UUID.fromString(placed.getCommandId()));
    }

    @Test
    void P8_an_order_without_a_match_expires_when_the_offers_end_and_not_before() {
        var end = soon();
        var order = kitchen.place(customer, end).created();
        var menu = kitchen.offer(order, "Soup & bread", eur(10)).created();
        kitchen.confirmAsCustomer(order, menu);

        var expired = kitchen.orderIn(ORDER_STATUS_EXPIRED, order);

        assertThat(expired.getConfirmedMenuId()).isEmpty();
        var process = kitchen.endedProcessOf(expired);
        assertThat(process.getProcess().getState()).isEqualTo("OrderExpired");
        assertThat(commandsOf(process.getHistoryList())).containsExactly("catering.ExpireOrder.v1");
        assertThat(process.getHistoryList())
                .filteredOn(step -> step.getInput().getType().equals("catering.OfferPeriodEnded.v1"))
                .singleElement()
                .satisfies(step -> assertThat(Instant.ofEpochSecond(
                                step.getTakenAt().getSeconds(),
                                step.getTakenAt().getNanos()))
                        .isAfterOrEqualTo(end));
        refused("ORDER_EXPIRED", kitchen.confirmAsCaterer(order, menu));
    }

    @Test
    void P8_of_a_last_confirmation_and_the_end_of_the_offers_at_once_exactly_one_is_followed() throws Exception {
        var races = AtOnce.each(IntStream.range(0, RACES).boxed().toList(), this::race);

        AtOnce.each(races, race -> {
            eventually(() -> assertThat(Instant.now()).isAfterOrEqualTo(race.confirmAt()));
            return kitchen.confirmAsCaterer(race.order(), race.menu());
        });

        var confirmed = 0;
        for (var race : races) {
            eventually(() ->
                    assertThat(kitchen.order(race.order(), "").getStatus()).isNotEqualTo(ORDER_STATUS_OPEN));
            var ended = kitchen.order(race.order(), "");
            var isConfirmed = ended.getStatus() == ORDER_STATUS_CONFIRMED;
            confirmed += isConfirmed ? 1 : 0;
            var process = kitchen.endedProcessOf(ended);
            assertThat(process.getProcess().getState()).isEqualTo(isConfirmed ? "OrderConfirmed" : "OrderExpired");
            assertThat(commandsOf(process.getHistoryList()))
                    .containsExactly(isConfirmed ? "catering.ConfirmOrder.v1" : "catering.ExpireOrder.v1");
        }
        System.out.printf("{\"races\": %d, \"confirmed\": %d, \"expired\": %d}%n", RACES, confirmed, RACES - confirmed);
    }

    @Test
    void orders_are_listed_by_customer_and_status_and_watched() {
        var open = place();
        var expired = kitchen.place(customer, soon()).created();
        var watched = kitchen.queries()
                .watchOrders(WatchOrdersRequest.newBuilder()
                        .setCustomerId(customer.toString())
                        .setStatus(ORDER_STATUS_EXPIRED)
                        .build());

        assertThat(watched.next().getOrder().getOrderId()).isEqualTo(expired.toString());
        var ofCustomer = ListOrdersRequest.newBuilder().setCustomerId(customer.toString());
        assertThat(kitchen.queries().listOrders(ofCustomer.build()).getOrdersList())
                .extracting(Order::getOrderId)
                .containsExactlyInAnyOrder(open.toString(), expired.toString());
        assertThat(kitchen.queries()
                        .listOrders(ofCustomer.setStatus(ORDER_STATUS_OPEN).build())
                        .getOrdersList())
                .extracting(Order::getOrderId)
                .containsExactly(open.toString());
    }

    private record Race(UUID order, UUID menu, Instant confirmAt) {}

    /** An order that the customer would take. The more there are, the earlier the last word: by 2 ms, 8 ms … up to 5 s. */
    private Race race(int number) {
        var end = Instant.now().plusMillis(7_000 + 40L * number);
        var order = kitchen.place(customer, end).created();
        var menu = kitchen.offer(order, "Soup & bread", eur(10)).created();
        kitchen.confirmAsCustomer(order, menu);
        return new Race(order, menu, end.minusMillis(2L * number * number));
    }

    /** Shown, when this returns. */
    private UUID place() {
        var placed = kitchen.place(customer, nextYear);
        kitchen.order(placed.created(), tokenOf(placed.command()));
        return placed.created();
    }

    private static Instant soon() {
        return Instant.now().plusSeconds(5);
    }

    private UUID offer(UUID order) {
        var offered = kitchen.offer(order, "Soup & bread", eur(10));
        accepted(offered.command());
        return offered.created();
    }

    private void accepted(UUID command) {
        assertThat(tokenOf(command)).isNotEmpty();
    }

    private String tokenOf(UUID command) {
        return kitchen.outcomeOf(command).getConsistencyToken();
    }

    private void refused(String reason, UUID command) {
        assertRejected(kitchen.outcomeOf(command), command, reason);
    }

    private static List<String> commandsOf(List<ProcessStep> history) {
        return history.stream()
                .flatMap(step -> step.getCommandsList().stream())
                .map(IssuedCommand::getType)
                .toList();
    }
}
