package dev.quadrille.catering;

import static dev.quadrille.catering.Examples.CATERER;
import static dev.quadrille.catering.Examples.CUSTOMER;
import static dev.quadrille.financing.Examples.eur;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.catering.order.MenuId;
import dev.quadrille.catering.order.OrderCommand.ConfirmMenuAsCaterer;
import dev.quadrille.catering.order.OrderCommand.ConfirmMenuAsCustomer;
import dev.quadrille.catering.order.OrderCommand.DeclineMenuAsCaterer;
import dev.quadrille.catering.order.OrderCommand.OfferMenu;
import dev.quadrille.catering.order.OrderCommand.PlaceOrder;
import dev.quadrille.catering.order.OrderEvent;
import dev.quadrille.catering.order.OrderEvent.OrderConfirmed;
import dev.quadrille.catering.order.OrderEvent.OrderExpired;
import dev.quadrille.catering.order.OrderId;
import dev.quadrille.domain.Installation;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.process.ProcessCommand.RetryNow;
import dev.quadrille.kernel.process.Processes;
import dev.quadrille.testkit.simulation.Figures;
import dev.quadrille.testkit.simulation.Sabotage;
import dev.quadrille.testkit.simulation.Seeds;
import dev.quadrille.testkit.simulation.Simulation;
import dev.quadrille.testkit.simulation.Simulator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Catering where anything goes wrong that can, at every place in turn and in any order. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CateringSimulationTest {

    private static final Simulator SIMULATOR =
            CateringLaws.under(new Simulator(Catering.aggregates(), List.of(), Installation.codec())
                    .with(new Processes(Catering.processManagers(), Set.of())));

    private static final List<OrderId> ORDERS = LongStream.rangeClosed(1, 2)
            .mapToObj(n -> new OrderId(new UUID(1, n)))
            .toList();
    private static final List<MenuId> MENUS = LongStream.rangeClosed(1, 2)
            .mapToObj(n -> new MenuId(new UUID(2, n)))
            .toList();
    private static final OrderId ORDER = ORDERS.getFirst();
    private static final MenuId MENU = MENUS.getFirst();
    private static final MenuId OTHER_MENU = MENUS.get(1);
    private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");

    /** Due as soon as anybody looks, so that it is anyone's guess what comes first. */
    private static final Instant AT_ONCE = LONG_AGO.plusSeconds(1);

    /** Due when nobody has anything else to do. */
    private static final Instant IN_THE_END = Instant.parse("2027-01-01T00:00:00Z");

    private static final Figures SWEPT = new Figures();

    @AfterAll
    static void tell() {
        System.out.println("{\"swept\": " + SWEPT + "}");
    }

    /** Who stands still for long enough stands still until the offers have ended: then the order has expired instead. */
    @Nested
    class Stories {

        @Test
        void P8_a_menu_that_both_sides_confirm_settles_the_order() {
            tell(
                    new OrderConfirmed(ORDER, MENU),
                    new ConfirmMenuAsCustomer(ORDER, MENU),
                    new ConfirmMenuAsCaterer(ORDER, MENU));
        }

        @Test
        void P8_a_caterer_who_declines_leaves_the_other_menu_possible() {
            tell(
                    new OrderConfirmed(ORDER, OTHER_MENU),
                    new DeclineMenuAsCaterer(ORDER, MENU),
                    new ConfirmMenuAsCustomer(ORDER, MENU),
                    new ConfirmMenuAsCustomer(ORDER, OTHER_MENU),
                    new ConfirmMenuAsCaterer(ORDER, OTHER_MENU));
        }

        @Test
        void P8_an_order_without_a_match_expires() {
            tell(
                    new OrderExpired(ORDER),
                    new ConfirmMenuAsCustomer(ORDER, MENU),
                    new ConfirmMenuAsCaterer(ORDER, OTHER_MENU));
        }

        private static void tell(OrderEvent end, Command... wishes) {
            var calm = SIMULATOR.calm();
            ask(calm, wishes);
            assertThat(calm.events()).contains(end);

            SIMULATOR.sweep(
                    system -> {
                        ask(system, wishes);
                        assertThat(system.events()).containsAnyOf(end, new OrderExpired(ORDER));
                    },
                    SWEPT);
        }

        private static void ask(Simulation system, Command... wishes) {
            system.enqueue(place(ORDER, IN_THE_END));
            system.enqueue(offer(ORDER, MENU));
            system.enqueue(offer(ORDER, OTHER_MENU));
            Stream.of(wishes).forEach(system::enqueue);
            system.run();
        }
    }

    @Nested
    class Seeded {

        @Test
        void P5_P8_no_seed_breaks_a_law() {
            System.out.println(
                    Seeds.run(
                            SIMULATOR,
                            CateringSimulationTest::workload,
                            "./test -pl domain -am -DskipITs -Dsurefire.failIfNoSpecifiedTests=false -Dtest=CateringSimulationTest"));
        }

        @Test
        void the_seeds_decide_for_both_ends() {
            var ends = LongStream.rangeClosed(1, 50)
                    .boxed()
                    .flatMap(seed -> SIMULATOR.run(seed, CateringSimulationTest::workload).events().stream())
                    .toList();

            assertThat(ends)
                    .hasAtLeastOneElementOfType(OrderConfirmed.class)
                    .hasAtLeastOneElementOfType(OrderExpired.class);
        }

        @ParameterizedTest
        @EnumSource(
                mode = EnumSource.Mode.INCLUDE,
                names = {"CHECKPOINT_BEFORE_CONFIRM", "EVENTS_UNCONFIRMED", "COMMANDS_UNCONFIRMED"})
        void a_defect_that_loses_a_message_leaves_a_process_waiting_within_1000_seeds(Sabotage defect) {
            var seed = SIMULATOR
                    .sabotagedBy(defect)
                    .seedThatBreaks(CateringLaws.NOBODY_WAITS, 1_000, CateringSimulationTest::workload);

            System.out.printf("{\"sabotage\": \"%s\", \"found_by_seed\": %d}%n", defect, seed);
        }
    }

    /** Few of each, so that they collide: confirmations of either side against each other, a decline and the end. */
    private static List<Command> workload(RandomGenerator random) {
        var commands = new ArrayList<Command>();
        for (var order : ORDERS) {
            commands.add(place(order, random.nextBoolean() ? AT_ONCE : IN_THE_END));
            MENUS.forEach(menu -> commands.add(offer(order, menu)));
        }
        var wishes = random.nextInt(2, 9);
        for (var i = 1; i <= wishes; i++) {
            var order = ORDERS.get(random.nextInt(ORDERS.size()));
            var menu = MENUS.get(random.nextInt(MENUS.size()));
            commands.add(
                    switch (random.nextInt(8)) {
                        case 0 -> new DeclineMenuAsCaterer(order, menu);
                        case 1 -> new RetryNow(Catering.processOf(order));
                        case 2, 3, 4 -> new ConfirmMenuAsCaterer(order, menu);
                        default -> new ConfirmMenuAsCustomer(order, menu);
                    });
        }
        return commands;
    }

    private static PlaceOrder place(OrderId order, Instant offersEndAt) {
        return new PlaceOrder(order, CUSTOMER, offersEndAt, LONG_AGO);
    }

    private static OfferMenu offer(OrderId order, MenuId menu) {
        return new OfferMenu(order, menu, CATERER, "Soup & bread", eur(10));
    }
}
