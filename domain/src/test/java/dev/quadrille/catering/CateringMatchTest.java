package dev.quadrille.catering;

import static dev.quadrille.catering.Examples.CUSTOMER;
import static dev.quadrille.catering.Examples.MENU;
import static dev.quadrille.catering.Examples.OFFERS_END_AT;
import static dev.quadrille.catering.Examples.ORDER;
import static dev.quadrille.catering.Examples.OTHER_MENU;
import static dev.quadrille.testkit.ProcessScenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.catering.order.MenuId;
import dev.quadrille.catering.order.OrderCommand.ConfirmMenuAsCustomer;
import dev.quadrille.catering.order.OrderCommand.ConfirmOrder;
import dev.quadrille.catering.order.OrderCommand.ExpireOrder;
import dev.quadrille.catering.order.OrderEvent.CatererConfirmedMenu;
import dev.quadrille.catering.order.OrderEvent.CustomerConfirmedMenu;
import dev.quadrille.catering.order.OrderEvent.OrderConfirmed;
import dev.quadrille.catering.order.OrderEvent.OrderExpired;
import dev.quadrille.catering.order.OrderEvent.OrderPlaced;
import dev.quadrille.catering.order.OrderId;
import dev.quadrille.domain.Installation;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventRef;
import dev.quadrille.kernel.process.Effect;
import dev.quadrille.kernel.process.Effect.End;
import dev.quadrille.kernel.process.Effect.Execute;
import dev.quadrille.kernel.process.Effect.Schedule;
import dev.quadrille.kernel.process.Input;
import dev.quadrille.kernel.process.Input.Acknowledged;
import dev.quadrille.kernel.process.Input.DeadlineReached;
import dev.quadrille.kernel.process.Input.Happened;
import dev.quadrille.kernel.process.Input.RetryRequested;
import dev.quadrille.kernel.process.Status;
import dev.quadrille.testkit.ProcessScenario;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CateringMatchTest {

    private static final Codec CODEC = Installation.codec();
    private static final CateringMatch MATCH = new CateringMatch();

    private static final OrderPlaced PLACED = new OrderPlaced(ORDER, CUSTOMER, OFFERS_END_AT);
    private static final CustomerConfirmedMenu BY_CUSTOMER = new CustomerConfirmedMenu(ORDER, MENU);
    private static final CatererConfirmedMenu BY_CATERER = new CatererConfirmedMenu(ORDER, MENU);
    private static final CustomerConfirmedMenu OTHER_BY_CUSTOMER = new CustomerConfirmedMenu(ORDER, OTHER_MENU);
    private static final CatererConfirmedMenu OTHER_BY_CATERER = new CatererConfirmedMenu(ORDER, OTHER_MENU);
    private static final OrderConfirmed CONFIRMED = new OrderConfirmed(ORDER, MENU);
    private static final OrderExpired EXPIRED = new OrderExpired(ORDER);
    private static final OfferPeriodEnded PERIOD_ENDED = new OfferPeriodEnded(ORDER);
    private static final RetryRequested RETRY = new RetryRequested();
    private static final Acknowledged ACKNOWLEDGED = new Acknowledged();

    private static final Execute CONFIRM = new Execute(new ConfirmOrder(ORDER, MENU));
    private static final Execute EXPIRE = new Execute(new ExpireOrder(ORDER));
    private static final End END = new End();

    private static final Status WAITS_FOR_A_MATCH =
            shows("OffersOpen").waiting("the customer and a caterer to confirm the same menu");
    private static final Status WAITS_FOR_CONFIRMATION = shows("MenuMatched").waiting("the order to be confirmed");
    private static final Status WAITS_FOR_EXPIRY = shows("OfferPeriodOver").waiting("the order to expire");

    @Nested
    class While_offers_are_open {

        @Test
        void it_waits_for_a_match_until_the_offers_end() {
            after().when(PLACED).then(Schedule.at(OFFERS_END_AT, PERIOD_ENDED)).thenShows(WAITS_FOR_A_MATCH);
        }

        @Test
        void one_side_alone_confirms_nothing() {
            after(PLACED).when(BY_CUSTOMER).thenNothing().thenShows(WAITS_FOR_A_MATCH);
            after(PLACED).when(BY_CATERER).thenNothing().thenShows(WAITS_FOR_A_MATCH);
            after(PLACED, BY_CUSTOMER).when(BY_CUSTOMER).thenStays();
            after(PLACED, BY_CUSTOMER).when(OTHER_BY_CATERER).thenNothing().thenShows(WAITS_FOR_A_MATCH);
        }

        @Test
        void both_sides_of_one_menu_confirm_the_order_in_whichever_order() {
            after(PLACED, BY_CUSTOMER).when(BY_CATERER).then(CONFIRM).thenShows(WAITS_FOR_CONFIRMATION);
            after(PLACED, BY_CATERER).when(BY_CUSTOMER).then(CONFIRM).thenShows(WAITS_FOR_CONFIRMATION);
        }

        @Test
        void the_end_of_the_offers_has_it_expire() {
            after(PLACED).when(PERIOD_ENDED).then(EXPIRE).thenShows(WAITS_FOR_EXPIRY);
            after(PLACED, BY_CUSTOMER, OTHER_BY_CATERER)
                    .when(PERIOD_ENDED)
                    .then(EXPIRE)
                    .thenShows(WAITS_FOR_EXPIRY);
        }

        @Test
        void there_is_nothing_to_retry_or_to_acknowledge() {
            after(PLACED).when(RETRY).thenRefused("NOTHING_TO_RETRY");
            after(PLACED).when(ACKNOWLEDGED).thenRefused("PROCESS_NOT_FAILED");
        }
    }

    @Nested
    class When_a_menu_is_matched {

        @Test
        void no_confirmation_and_no_deadline_asks_anything_more() {
            matched().when(BY_CUSTOMER).thenNothing().thenShows(WAITS_FOR_CONFIRMATION);
            matched().when(BY_CATERER).thenNothing().thenShows(WAITS_FOR_CONFIRMATION);
            after(PLACED, OTHER_BY_CUSTOMER, BY_CUSTOMER, BY_CATERER)
                    .when(OTHER_BY_CATERER)
                    .thenNothing()
                    .thenShows(WAITS_FOR_CONFIRMATION);
            matched().when(PERIOD_ENDED).thenStays();
        }

        @Test
        void it_ends_once_the_order_is_confirmed() {
            matched().when(CONFIRMED).then(END).thenShows(shows("OrderConfirmed"));
            after(PLACED, BY_CUSTOMER, BY_CATERER, PERIOD_ENDED)
                    .when(CONFIRMED)
                    .then(END)
                    .thenShows(shows("OrderConfirmed"));
        }

        @Test
        void it_says_why_it_is_stuck_until_a_person_has_the_same_asked_again() {
            var why = "catering.ConfirmOrder.v1 was rejected: DISCARDED, nonsense";

            matched().when(discarded(CONFIRM.command())).thenNothing().thenShows(WAITS_FOR_CONFIRMATION.stuck(why));
            after(PLACED, BY_CUSTOMER, BY_CATERER, discarded(CONFIRM.command()))
                    .when(BY_CUSTOMER)
                    .thenNothing()
                    .thenShows(WAITS_FOR_CONFIRMATION.stuck(why));
            after(PLACED, BY_CUSTOMER, BY_CATERER, discarded(CONFIRM.command()))
                    .when(RETRY)
                    .then(CONFIRM)
                    .thenShows(WAITS_FOR_CONFIRMATION);
            matched().when(RETRY).then(CONFIRM).thenShows(WAITS_FOR_CONFIRMATION);
        }

        @Test
        void it_can_t_be_acknowledged() {
            matched().when(ACKNOWLEDGED).thenRefused("PROCESS_NOT_FAILED");
        }

        private static ProcessScenario<MatchState> matched() {
            return after(PLACED, BY_CUSTOMER, BY_CATERER);
        }
    }

    @Nested
    class When_the_offers_have_ended {

        @Test
        void no_confirmation_changes_anything() {
            after(PLACED, BY_CUSTOMER, PERIOD_ENDED).when(BY_CATERER).thenStays();
            after(PLACED, BY_CATERER, PERIOD_ENDED).when(BY_CUSTOMER).thenStays();
        }

        @Test
        void it_ends_once_the_order_has_expired() {
            after(PLACED, PERIOD_ENDED).when(EXPIRED).then(END).thenShows(shows("OrderExpired"));
        }

        @Test
        void it_says_why_it_is_stuck_until_a_person_has_the_same_asked_again() {
            var why = "catering.ExpireOrder.v1 was rejected: DISCARDED, nonsense";

            after(PLACED, PERIOD_ENDED)
                    .when(discarded(EXPIRE.command()))
                    .thenNothing()
                    .thenShows(WAITS_FOR_EXPIRY.stuck(why));
            after(PLACED, PERIOD_ENDED, discarded(EXPIRE.command()))
                    .when(RETRY)
                    .then(EXPIRE)
                    .thenShows(WAITS_FOR_EXPIRY);
        }
    }

    @Nested
    class Of_what_is_not_its_turn {

        @Test
        void nothing_but_an_order_begins_it() {
            after().when(BY_CUSTOMER).thenStays();
            after().when(BY_CATERER).thenStays();
            after().when(CONFIRMED).thenStays();
            after().when(EXPIRED).thenStays();
        }

        @Test
        void an_end_that_another_has_brought_about_is_its_end_too() {
            after(PLACED).when(EXPIRED).then(END).thenShows(shows("OrderExpired"));
            after(PLACED, PERIOD_ENDED).when(CONFIRMED).then(END).thenShows(shows("OrderConfirmed"));
        }

        @Test
        void a_rejection_that_is_not_waited_for_changes_nothing() {
            after(PLACED).when(discarded(CONFIRM.command())).thenStays();
            after(PLACED, PERIOD_ENDED).when(discarded(CONFIRM.command())).thenStays();
            after(PLACED, BY_CUSTOMER, BY_CATERER)
                    .when(discarded(new ConfirmOrder(ORDER, OTHER_MENU)))
                    .thenStays();
        }
    }

    @Nested
    class Each_order {

        @Test
        void has_one_process_of_its_own() {
            var other = new OrderId(new UUID(0, 1));

            assertThat(MATCH.routes().instance(PLACED))
                    .contains(Catering.processOf(ORDER).value());
            assertThat(Catering.processOf(other)).isNotEqualTo(Catering.processOf(ORDER));
            assertThat(Catering.processOf(ORDER).value()).isNotEqualTo(ORDER.value());
        }

        @Test
        void is_heard_of_when_its_commands_are_rejected_and_not_when_those_of_others_are() {
            var process = Catering.processOf(ORDER).value();

            assertThat(MATCH.routes().instance(discarded(CONFIRM.command()))).contains(process);
            assertThat(MATCH.routes().instance(discarded(EXPIRE.command()))).contains(process);
            assertThat(MATCH.routes().instance(discarded(new ConfirmMenuAsCustomer(ORDER, MENU))))
                    .isEmpty();
        }
    }

    /** Of all confirmations there can be, with the end of the period among them, in every order and however often each. */
    @Nested
    class Whatever_comes_when {

        @ParameterizedTest
        @CsvSource({"1, 9", "2, 8", "3, 7"})
        void the_first_match_or_the_end_is_followed_once_in_every_sequence_of_this_length(int menus, int length) {
            var sequences = extend(placed(), Seen.NOTHING, inputs(menus), length);

            var confirmations = 2 * menus;
            var withoutTheEnd = Math.pow(confirmations, length);
            var withTheEnd = length * Math.pow(confirmations, length - 1);
            assertThat(sequences).isEqualTo((long) (withoutTheEnd + withTheEnd));
        }

        /** A state that comes again answers again as it did: what is to be seen is seen before long. */
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void the_first_match_or_the_end_is_followed_once_in_every_sequence_of_any_length(int menus) {
            record Place(MatchState state, Seen seen) {}
            var places = new HashSet<>(Set.of(new Place(placed(), Seen.NOTHING)));
            var next = Set.copyOf(places);
            while (!next.isEmpty()) {
                var reached = new HashSet<Place>();
                for (var from : next) {
                    for (var input : from.seen().possible(inputs(menus))) {
                        var to = new Place(
                                step(from.state(), from.seen(), input),
                                from.seen().and(input));
                        if (places.add(to)) {
                            reached.add(to);
                        }
                    }
                }
                next = Set.copyOf(reached);
            }

            assertThat(places).hasSizeGreaterThan(1 << (2 * menus));
        }

        private static long extend(MatchState state, Seen seen, List<Input> inputs, int length) {
            if (length == 0) {
                return 1;
            }
            var sequences = 0L;
            for (var input : seen.possible(inputs)) {
                sequences += extend(step(state, seen, input), seen.and(input), inputs, length - 1);
            }
            return sequences;
        }

        /** The state after one more input, the answer to which is held against what had been seen before. */
        private static MatchState step(MatchState before, Seen seen, Input input) {
            var state = MATCH.evolve(before, input);
            var expected = seen.decided() ? List.of() : seen.decision(input);
            var answer = MATCH.react(state, input);
            if (!answer.equals(expected)) {
                throw new AssertionError(
                        "%s after %s is answered by %s, not by %s".formatted(input, seen, answer, expected));
            }
            return state;
        }

        private static MatchState placed() {
            return MATCH.evolve(MATCH.initial(), happened(PLACED));
        }

        private static List<Input> inputs(int menus) {
            var confirmations = LongStream.rangeClosed(1, menus)
                    .mapToObj(n -> new MenuId(new UUID(7, n)))
                    .<Event>mapMulti((menu, events) -> {
                        events.accept(new CustomerConfirmedMenu(ORDER, menu));
                        events.accept(new CatererConfirmedMenu(ORDER, menu));
                    })
                    .<Input>map(CateringMatchTest::happened);
            var end = new DeadlineReached(1, 0, PERIOD_ENDED, OFFERS_END_AT);
            return Stream.concat(confirmations, Stream.of(end)).toList();
        }
    }

    /**
     * What the rule says, told in another way than the process tells it.
     *
     * @param before everything that has come
     * @param decided whether a match or the end of the period was among it
     */
    private record Seen(Set<Object> before, boolean decided) {

        static final Seen NOTHING = new Seen(Set.of(), false);

        /** The period ends once. */
        List<Input> possible(List<Input> inputs) {
            return inputs.stream()
                    .filter(input -> !(input instanceof DeadlineReached && before.contains(said(input))))
                    .toList();
        }

        Seen and(Input input) {
            var more = new HashSet<>(before);
            more.add(said(input));
            return new Seen(more, decided || !decision(input).isEmpty());
        }

        List<Effect> decision(Input input) {
            return switch (said(input)) {
                case OfferPeriodEnded _ -> List.of(EXPIRE);
                case CustomerConfirmedMenu(var order, var menu)
                when before.contains(new CatererConfirmedMenu(order, menu)) ->
                    List.of(new Execute(new ConfirmOrder(order, menu)));
                case CatererConfirmedMenu(var order, var menu)
                when before.contains(new CustomerConfirmedMenu(order, menu)) ->
                    List.of(new Execute(new ConfirmOrder(order, menu)));
                default -> List.of();
            };
        }

        private static Object said(Input input) {
            return switch (input) {
                case Happened(var _, var _, var event) -> event;
                case DeadlineReached reached -> reached.deadline();
                case Input.Person wish -> wish;
            };
        }
    }

    private static Happened happened(Event event) {
        return new Happened(new EventRef(new UUID(0, 1), ORDER.stream(), 1), "any", event);
    }

    private static ProcessScenario<MatchState> after(Object... inputs) {
        return given(MATCH, CODEC, inputs);
    }

    private static Status shows(String state) {
        return Status.of(state, ORDER.stream().toString());
    }

    private static CommandRejected discarded(Command command) {
        return new CommandRejected(
                UUID.fromString("00000000-0000-4000-8000-00000000abcd"),
                CODEC.encode(command).type(),
                command.stream(),
                "DISCARDED",
                "nonsense",
                command);
    }
}
