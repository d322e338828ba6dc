package dev.quadrille.catering.order;

import static dev.quadrille.catering.Examples.ASKED_AT;
import static dev.quadrille.catering.Examples.CATERER;
import static dev.quadrille.catering.Examples.CUSTOMER;
import static dev.quadrille.catering.Examples.MENU;
import static dev.quadrille.catering.Examples.OFFERS_END_AT;
import static dev.quadrille.catering.Examples.ORDER;
import static dev.quadrille.catering.Examples.OTHER_MENU;
import static dev.quadrille.financing.Examples.eur;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.quadrille.catering.order.OrderCommand.ConfirmMenuAsCaterer;
import dev.quadrille.catering.order.OrderCommand.ConfirmMenuAsCustomer;
import dev.quadrille.catering.order.OrderCommand.ConfirmOrder;
import dev.quadrille.catering.order.OrderCommand.DeclineMenuAsCaterer;
import dev.quadrille.catering.order.OrderCommand.ExpireOrder;
import dev.quadrille.catering.order.OrderCommand.OfferMenu;
import dev.quadrille.catering.order.OrderCommand.PlaceOrder;
import dev.quadrille.catering.order.OrderEvent.CatererConfirmedMenu;
import dev.quadrille.catering.order.OrderEvent.CatererDeclinedMenu;
import dev.quadrille.catering.order.OrderEvent.CustomerConfirmedMenu;
import dev.quadrille.catering.order.OrderEvent.MenuOffered;
import dev.quadrille.catering.order.OrderEvent.OrderConfirmed;
import dev.quadrille.catering.order.OrderEvent.OrderExpired;
import dev.quadrille.catering.order.OrderEvent.OrderPlaced;
import dev.quadrille.domain.Installation;
import dev.quadrille.testkit.DeciderScenario;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OrderDeciderTest {

    private static final OrderPlaced PLACED = new OrderPlaced(ORDER, CUSTOMER, OFFERS_END_AT);
    private static final MenuOffered OFFERED = offered(MENU);
    private static final CustomerConfirmedMenu BY_CUSTOMER = new CustomerConfirmedMenu(ORDER, MENU);
    private static final CatererConfirmedMenu BY_CATERER = new CatererConfirmedMenu(ORDER, MENU);
    private static final CatererDeclinedMenu DECLINED = new CatererDeclinedMenu(ORDER, MENU);
    private static final OrderConfirmed CONFIRMED = new OrderConfirmed(ORDER, MENU);
    private static final OrderExpired EXPIRED = new OrderExpired(ORDER);

    private static final PlaceOrder PLACE = new PlaceOrder(ORDER, CUSTOMER, OFFERS_END_AT, ASKED_AT);
    private static final OfferMenu OFFER = new OfferMenu(ORDER, MENU, CATERER, "Soup & bread", eur(10));
    private static final ConfirmMenuAsCustomer CONFIRM_AS_CUSTOMER = new ConfirmMenuAsCustomer(ORDER, MENU);
    private static final ConfirmMenuAsCaterer CONFIRM_AS_CATERER = new ConfirmMenuAsCaterer(ORDER, MENU);
    private static final DeclineMenuAsCaterer DECLINE = new DeclineMenuAsCaterer(ORDER, MENU);
    private static final ConfirmOrder CONFIRM = new ConfirmOrder(ORDER, MENU);
    private static final ExpireOrder EXPIRE = new ExpireOrder(ORDER);

    private static final List<OrderEvent> SETTLED = List.of(PLACED, OFFERED, BY_CUSTOMER, BY_CATERER, CONFIRMED);
    private static final List<OrderEvent> COME_TO_NOTHING = List.of(PLACED, OFFERED, EXPIRED);

    /** To each state that an order can be in. */
    static final List<List<OrderEvent>> HISTORIES = List.of(
            List.of(PLACED),
            List.of(PLACED, OFFERED),
            List.of(PLACED, OFFERED, BY_CUSTOMER),
            List.of(PLACED, OFFERED, BY_CATERER),
            List.of(PLACED, OFFERED, DECLINED),
            List.of(PLACED, OFFERED, BY_CUSTOMER, DECLINED),
            List.of(PLACED, OFFERED, BY_CUSTOMER, BY_CATERER),
            SETTLED,
            COME_TO_NOTHING);

    /** What can be asked of a menu. */
    static final List<OrderCommand> ON_MENU = List.of(CONFIRM_AS_CUSTOMER, CONFIRM_AS_CATERER, DECLINE, CONFIRM);

    /** What can be asked of an order that is there. */
    static final List<OrderCommand> OF_ORDER =
            Stream.concat(Stream.of(OFFER, EXPIRE), ON_MENU.stream()).toList();

    @Nested
    class Placing {

        @Test
        void an_order_is_placed_by_a_customer() {
            given().when(PLACE).then(PLACED);
        }

        @ParameterizedTest
        @FieldSource("dev.quadrille.catering.order.OrderDeciderTest#HISTORIES")
        void again_is_a_no_op_whatever_has_happened_and_also_when_the_offers_have_ended(List<OrderEvent> history) {
            given(history).when(PLACE).thenNothing();
            given(history)
                    .when(new PlaceOrder(ORDER, CUSTOMER, OFFERS_END_AT, OFFERS_END_AT.plusSeconds(1)))
                    .thenNothing();
        }

        @ParameterizedTest
        @ValueSource(strings = {"2026-02-28T12:00:00Z", "2026-02-28T11:59:59.999999999Z", "0001-01-01T00:00:00Z"})
        void an_order_that_leaves_no_time_for_offers_is_refused(Instant offersEndAt) {
            given().when(new PlaceOrder(ORDER, CUSTOMER, offersEndAt, ASKED_AT)).thenRejected("OFFERS_END_IN_THE_PAST");
        }
    }

    @ParameterizedTest
    @FieldSource("OF_ORDER")
    void there_has_to_be_an_order(OrderCommand command) {
        given().when(command).thenRejected("ORDER_NOT_FOUND");
    }

    @ParameterizedTest
    @FieldSource("ON_MENU")
    void there_has_to_be_a_menu(OrderCommand command) {
        given(PLACED).when(command).thenRejected("MENU_NOT_FOUND");
        given(PLACED, offered(OTHER_MENU)).when(command).thenRejected("MENU_NOT_FOUND");
    }

    @Nested
    class Offering {

        @Test
        void menus_are_offered() {
            given(PLACED).when(OFFER).then(OFFERED);
            given(PLACED, offered(OTHER_MENU)).when(OFFER).then(OFFERED);
        }

        @Test
        void again_is_a_no_op_whatever_was_said_of_the_menu_and_whatever_the_price() {
            given(PLACED, OFFERED).when(OFFER).thenNothing();
            given(PLACED, OFFERED, BY_CUSTOMER, DECLINED)
                    .when(new OfferMenu(ORDER, MENU, CATERER, "Bread", eur(11)))
                    .thenNothing();
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -1})
        void a_menu_for_nothing_is_refused(long price) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new OfferMenu(ORDER, MENU, CATERER, "Soup & bread", eur(price)));
        }
    }

    @Nested
    class Of_a_menu {

        @Test
        void the_customer_confirms_it_whatever_its_caterer_has_said() {
            given(PLACED, OFFERED).when(CONFIRM_AS_CUSTOMER).then(BY_CUSTOMER);
            given(PLACED, OFFERED, BY_CATERER).when(CONFIRM_AS_CUSTOMER).then(BY_CUSTOMER);
            given(PLACED, OFFERED, DECLINED).when(CONFIRM_AS_CUSTOMER).then(BY_CUSTOMER);
        }

        @Test
        void its_caterer_confirms_it_whatever_the_customer_has_said() {
            given(PLACED, OFFERED).when(CONFIRM_AS_CATERER).then(BY_CATERER);
            given(PLACED, OFFERED, BY_CUSTOMER).when(CONFIRM_AS_CATERER).then(BY_CATERER);
        }

        @Test
        void its_caterer_declines_it_whatever_the_customer_has_said() {
            given(PLACED, OFFERED).when(DECLINE).then(DECLINED);
            given(PLACED, OFFERED, BY_CUSTOMER).when(DECLINE).then(DECLINED);
        }

        @Test
        void who_has_said_so_says_so_again_without_effect() {
            given(PLACED, OFFERED, BY_CUSTOMER).when(CONFIRM_AS_CUSTOMER).thenNothing();
            given(PLACED, OFFERED, BY_CATERER).when(CONFIRM_AS_CATERER).thenNothing();
            given(PLACED, OFFERED, DECLINED).when(DECLINE).thenNothing();
        }

        @Test
        void a_caterer_does_not_change_its_mind() {
            given(PLACED, OFFERED, BY_CATERER).when(DECLINE).thenRejected("MENU_ALREADY_CONFIRMED");
            given(PLACED, OFFERED, DECLINED).when(CONFIRM_AS_CATERER).thenRejected("MENU_DECLINED");
        }

        @Test
        void what_is_said_of_another_is_not_said_of_it() {
            given(PLACED, OFFERED, offered(OTHER_MENU), DECLINED)
                    .when(new ConfirmMenuAsCaterer(ORDER, OTHER_MENU))
                    .then(new CatererConfirmedMenu(ORDER, OTHER_MENU));
        }
    }

    @Nested
    class Confirming {

        @Test
        void an_order_is_confirmed_with_a_menu_that_both_sides_have_confirmed() {
            given(PLACED, OFFERED, BY_CUSTOMER, BY_CATERER).when(CONFIRM).then(CONFIRMED);
            given(PLACED, OFFERED, BY_CATERER, BY_CUSTOMER).when(CONFIRM).then(CONFIRMED);
        }

        @Test
        void not_with_one_that_one_side_has_not() {
            given(PLACED, OFFERED).when(CONFIRM).thenRejected("MENU_NOT_CONFIRMED");
            given(PLACED, OFFERED, BY_CUSTOMER).when(CONFIRM).thenRejected("MENU_NOT_CONFIRMED");
            given(PLACED, OFFERED, BY_CATERER).when(CONFIRM).thenRejected("MENU_NOT_CONFIRMED");
            given(PLACED, OFFERED, BY_CUSTOMER, DECLINED).when(CONFIRM).thenRejected("MENU_NOT_CONFIRMED");
            given(PLACED, OFFERED, offered(OTHER_MENU), BY_CUSTOMER, new CatererConfirmedMenu(ORDER, OTHER_MENU))
                    .when(CONFIRM)
                    .thenRejected("MENU_NOT_CONFIRMED");
        }

        @Test
        void again_is_a_no_op_and_with_another_menu_refused() {
            given(SETTLED).when(CONFIRM).thenNothing();
            given(SETTLED).when(new ConfirmOrder(ORDER, OTHER_MENU)).thenRejected("ORDER_CONFIRMED");
        }
    }

    @Nested
    class Expiring {

        @Test
        void an_order_expires_whatever_was_said_of_its_menus() {
            given(PLACED).when(EXPIRE).then(EXPIRED);
            given(PLACED, OFFERED, BY_CUSTOMER, BY_CATERER).when(EXPIRE).then(EXPIRED);
        }

        @Test
        void again_is_a_no_op() {
            given(COME_TO_NOTHING).when(EXPIRE).thenNothing();
        }
    }

    @Nested
    class After_the_end {

        static final List<OrderCommand> ALL = OF_ORDER;

        @ParameterizedTest
        @FieldSource("ALL")
        void a_confirmed_order_refuses_everything_but_its_confirmation(OrderCommand command) {
            if (!command.equals(CONFIRM)) {
                given(SETTLED).when(command).thenRejected("ORDER_CONFIRMED");
            }
        }

        @ParameterizedTest
        @FieldSource("ALL")
        void an_expired_order_refuses_everything_but_its_expiry(OrderCommand command) {
            if (!command.equals(EXPIRE)) {
                given(COME_TO_NOTHING).when(command).thenRejected("ORDER_EXPIRED");
            }
        }
    }

    @Nested
    class A_stream_is_corrupt {

        static final List<List<OrderEvent>> CORRUPT = List.of(
                List.of(OFFERED),
                List.of(EXPIRED),
                List.of(PLACED, PLACED),
                List.of(PLACED, BY_CUSTOMER),
                List.of(PLACED, BY_CATERER),
                List.of(PLACED, DECLINED),
                List.of(PLACED, OFFERED, BY_CUSTOMER, BY_CATERER, CONFIRMED, EXPIRED),
                List.of(PLACED, OFFERED, BY_CUSTOMER, BY_CATERER, CONFIRMED, CONFIRMED),
                List.of(PLACED, OFFERED, EXPIRED, BY_CUSTOMER),
                List.of(PLACED, OFFERED, EXPIRED, CONFIRMED));

        @ParameterizedTest
        @FieldSource("CORRUPT")
        void in_which_this_has_happened(List<OrderEvent> history) {
            var scenario = given(history);

            assertThatIllegalStateException().isThrownBy(() -> scenario.when(EXPIRE));
        }
    }

    private static MenuOffered offered(MenuId menu) {
        return new MenuOffered(ORDER, menu, CATERER, "Soup & bread", eur(10));
    }

    private static DeciderScenario<OrderCommand, OrderEvent> given(List<OrderEvent> history) {
        return given(history.toArray(OrderEvent[]::new));
    }

    private static DeciderScenario<OrderCommand, OrderEvent> given(OrderEvent... history) {
        return DeciderScenario.given(OrderDecider.aggregate(), Installation.codec(), history);
    }
}
