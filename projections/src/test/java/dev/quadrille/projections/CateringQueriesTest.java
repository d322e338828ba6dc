package dev.quadrille.projections;

import static dev.quadrille.projections.Story.eur;
import static dev.quadrille.projections.generated.Tables.OFFERED_MENU;
import static dev.quadrille.projections.generated.Tables.PLACED_ORDER;
import static dev.quadrille.projections.generated.Tables.SOURCE;
import static dev.quadrille.proto.catering.v1.OrderStatus.ORDER_STATUS_CONFIRMED;
import static dev.quadrille.proto.catering.v1.OrderStatus.ORDER_STATUS_EXPIRED;
import static dev.quadrille.proto.catering.v1.OrderStatus.ORDER_STATUS_OPEN;
import static io.grpc.Status.Code.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.quadrille.catering.Catering;
import dev.quadrille.catering.order.MenuId;
import dev.quadrille.catering.order.OrderCommand.ConfirmMenuAsCustomer;
import dev.quadrille.grpc.WireMoney;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.ConsistencyToken;
import dev.quadrille.kernel.StreamVersion;
import dev.quadrille.postgres.Database;
import dev.quadrille.postgres.TestDatabase;
import dev.quadrille.proto.catering.v1.GetOrderRequest;
import dev.quadrille.proto.catering.v1.GetOrderResponse;
import dev.quadrille.proto.catering.v1.ListOrdersRequest;
import dev.quadrille.proto.catering.v1.Menu;
import dev.quadrille.proto.catering.v1.Order;
import dev.quadrille.proto.catering.v1.OrderStatus;
import dev.quadrille.proto.catering.v1.QueryServiceGrpc;
import dev.quadrille.proto.catering.v1.WatchOrdersRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.quadrille.projections.QuerySide#databases")
@DisplayNameGeneration(ReplaceUnderscores.class)
class CateringQueriesTest {

    private final TestDatabase tables;
    private final Database database;

    @AutoClose
    private final QuerySide side;

    private final Catered it = new Catered();

    CateringQueriesTest(TestDatabase tables) {
        this.tables = tables.cleared();
        this.database = new Database(tables.pool());
        this.side = new QuerySide(tables);
    }

    @Test
    void a_placed_order_is_open_and_has_no_menu() {
        side.project(it.events(it.placed()));

        assertThat(get(it)).isEqualTo(placed(it).build());
    }

    @Test
    void menus_are_shown_in_the_order_of_their_offers_with_what_was_said_of_them() {
        var events = it.events(
                it.placed(),
                it.offered(it.menu),
                it.offered(it.other),
                it.declined(it.other),
                it.confirmedByCustomer(it.menu),
                it.confirmedByCaterer(it.menu));

        side.project(events.subList(0, 4));
        assertThat(get(it))
                .isEqualTo(placed(it)
                        .addMenus(menu(it, it.menu))
                        .addMenus(menu(it, it.other).setDeclined(true))
                        .build());

        side.project(events.subList(4, 5));
        assertThat(get(it).getMenus(0))
                .isEqualTo(menu(it, it.menu).setConfirmedByCustomer(true).build());

        side.project(events.subList(5, 6));
        assertThat(get(it).getMenus(0))
                .isEqualTo(menu(it, it.menu)
                        .setConfirmedByCustomer(true)
                        .setConfirmedByCaterer(true)
                        .build());
    }

    @Test
    void a_confirmed_order_says_with_which_menu() {
        side.project(it.events(it.placed(), it.offered(it.menu), it.offered(it.other), it.confirmed()));

        var order = get(it);
        assertThat(order.getStatus()).isEqualTo(ORDER_STATUS_CONFIRMED);
        assertThat(order.getConfirmedMenuId()).isEqualTo(it.menu.value().toString());
    }

    @Test
    void an_expired_order_has_none() {
        side.project(it.events(it.placed(), it.offered(it.menu), it.expired()));

        assertThat(get(it).getStatus()).isEqualTo(ORDER_STATUS_EXPIRED);
        assertThat(get(it).getConfirmedMenuId()).isEmpty();
    }

    @Test
    void an_order_is_shown_once_it_is_placed_and_a_menu_once_it_is_offered() {
        var lost = new Catered();
        side.project(lost.events(lost.offered(lost.menu), lost.expired()));
        side.project(it.events(it.placed(), it.declined(it.menu)));

        assertThat(Refusal.of(() -> get(lost))).isEqualTo(new Refusal(NOT_FOUND, "ORDER_NOT_FOUND", List.of()));
        assertThat(list(ListOrdersRequest.newBuilder()))
                .containsExactly(placed(it).build());
    }

    @Test
    void an_id_that_nobody_used_is_not_found() {
        assertThat(Refusal.of(() -> get(new Catered())))
                .isEqualTo(new Refusal(NOT_FOUND, "ORDER_NOT_FOUND", List.of()));
    }

    @Test
    void they_are_listed_by_customer_and_status() {
        var other = new Catered();
        side.project(it.events(it.placed()));
        side.project(other.events(other.placed(), other.expired()));

        assertThat(list(ListOrdersRequest.newBuilder())).hasSize(2);
        assertThat(list(ListOrdersRequest.newBuilder()
                        .setCustomerId(it.customer.value().toString())))
                .containsExactly(get(it));
        assertThat(list(ListOrdersRequest.newBuilder().setStatus(ORDER_STATUS_OPEN)))
                .containsExactly(get(it));
        assertThat(list(ListOrdersRequest.newBuilder().setStatus(ORDER_STATUS_EXPIRED)))
                .containsExactly(get(other));
        assertThat(list(ListOrdersRequest.newBuilder()
                        .setCustomerId(it.customer.value().toString())
                        .setStatus(ORDER_STATUS_EXPIRED)))
                .isEmpty();
    }

    @Test
    void pages_follow_each_other_by_ascending_id() {
        var orders = Stream.generate(Catered::new).limit(5).toList();
        side.project(orders.stream()
                .flatMap(one -> one.events(one.placed()).stream())
                .toList());
        var told = new ArrayList<String>();
        var token = "";
        do {
            var page = queries()
                    .listOrders(ListOrdersRequest.newBuilder()
                            .setPageSize(2)
                            .setPageToken(token)
                            .build());
            page.getOrdersList().forEach(order -> told.add(order.getOrderId()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());

        assertThat(told)
                .isSorted()
                .containsExactlyInAnyOrderElementsOf(
                        orders.stream().map(one -> one.order.value().toString()).toList());
    }

    @Test
    void P12_a_query_waits_for_what_its_token_speaks_of() throws Exception {
        var events = it.events(it.placed(), it.offered(it.menu), it.expired());
        side.project(events.subList(0, 2));
        var asked = QueryServiceGrpc.newFutureStub(side.channel)
                .withDeadlineAfter(QuerySide.PATIENCE)
                .getOrder(GetOrderRequest.newBuilder()
                        .setOrderId(it.order.value().toString())
                        .setConsistencyToken(
                                new ConsistencyToken(Set.of(new StreamVersion(it.order.stream(), 3))).toString())
                        .build());

        side.project(events);

        assertThat(asked.get())
                .isEqualTo(GetOrderResponse.newBuilder()
                        .setOrder(placed(it).setStatus(ORDER_STATUS_EXPIRED).addMenus(menu(it, it.menu)))
                        .build());
    }

    @Test
    void a_watch_tells_of_an_order_when_it_or_one_of_its_menus_changes() {
        side.project(it.events(it.placed()));
        var told = queries()
                .watchOrders(WatchOrdersRequest.newBuilder()
                        .setCustomerId(it.customer.value().toString())
                        .build());
        assertThat(told.next().getOrder()).isEqualTo(placed(it).build());

        var events = it.events(it.placed(), it.offered(it.menu), it.declined(it.menu), it.expired());
        side.project(events.subList(1, 2));
        assertThat(told.next().getOrder())
                .isEqualTo(placed(it).addMenus(menu(it, it.menu)).build());

        side.project(events.subList(2, 3));
        assertThat(told.next().getOrder().getMenus(0).getDeclined()).isTrue();

        side.project(events.subList(3, 4));
        assertThat(told.next().getOrder().getStatus()).isEqualTo(ORDER_STATUS_EXPIRED);
    }

    @Test
    void P5_repeats_and_any_disorder_give_the_same_rows() {
        var all = it.events(
                it.placed(),
                it.offered(it.menu),
                it.offered(it.other),
                it.declined(it.other),
                it.confirmedByCustomer(it.menu),
                it.confirmedByCaterer(it.menu),
                it.confirmed());
        side.project(all);
        var expected = everything();

        var shuffle = new Random(42);
        for (var round = 0; round < 25; round++) {
            tables.cleared();
            var events = new ArrayList<>(all);
            events.addAll(all);
            Collections.shuffle(events, shuffle);
            while (!events.isEmpty()) {
                var batch = events.subList(0, Math.min(events.size(), 1 + shuffle.nextInt(3)));
                side.project(List.copyOf(batch));
                batch.clear();
            }
            assertThat(everything()).isEqualTo(expected);
        }
    }

    @Test
    void a_rejection_is_counted_and_changes_no_row() {
        var command = UUID.randomUUID();
        var stream = CommandRejected.streamOf(Catering.CONTEXT, command);
        side.project(Story.stream(
                stream,
                List.of(new CommandRejected(
                        command,
                        "catering.ConfirmMenuAsCustomer.v1",
                        it.order.stream(),
                        "ORDER_NOT_FOUND",
                        "There is no order",
                        new ConfirmMenuAsCustomer(it.order, it.menu)))));

        assertThat(database.run(jooq -> jooq.fetch(SOURCE)).getValues(SOURCE.STREAM))
                .containsExactly(stream.toString());
        assertThat(everything()).allMatch(List::isEmpty);
    }

    private List<List<?>> everything() {
        return database.run(jooq -> List.of(
                List.copyOf(jooq.select(PLACED_ORDER.CUSTOMER_ID, PLACED_ORDER.STATUS, PLACED_ORDER.CONFIRMED_MENU_ID)
                        .from(PLACED_ORDER)
                        .fetch()),
                List.copyOf(jooq.selectFrom(OFFERED_MENU)
                        .orderBy(OFFERED_MENU.PLACE)
                        .fetch())));
    }

    private static Order.Builder placed(Catered it) {
        return Order.newBuilder()
                .setOrderId(it.order.value().toString())
                .setCustomerId(it.customer.value().toString())
                .setStatus(OrderStatus.ORDER_STATUS_OPEN)
                .setOffersEndAt(
                        Timestamp.newBuilder().setSeconds(253_402_300_799L).setNanos(999_999_000))
                .setProcessId(Catering.processOf(it.order).value().toString());
    }

    private static Menu.Builder menu(Catered it, MenuId id) {
        return Menu.newBuilder()
                .setMenuId(id.value().toString())
                .setCatererId(it.caterer.value().toString())
                .setDescription("Soup & bread")
                .setPrice(WireMoney.toWire(eur(10)));
    }

    private Order get(Catered of) {
        return queries()
                .getOrder(GetOrderRequest.newBuilder()
                        .setOrderId(of.order.value().toString())
                        .build())
                .getOrder();
    }

    private List<Order> list(ListOrdersRequest.Builder request) {
        return queries().listOrders(request.build()).getOrdersList();
    }

    private QueryServiceGrpc.QueryServiceBlockingStub queries() {
        return QueryServiceGrpc.newBlockingStub(side.channel).withDeadlineAfter(QuerySide.PATIENCE);
    }
}
