package dev.quadrille.catering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.catering.order.MenuId;
import dev.quadrille.catering.order.OrderEvent.CatererConfirmedMenu;
import dev.quadrille.catering.order.OrderEvent.CustomerConfirmedMenu;
import dev.quadrille.catering.order.OrderEvent.OrderConfirmed;
import dev.quadrille.catering.order.OrderEvent.OrderExpired;
import dev.quadrille.catering.order.OrderEvent.OrderPlaced;
import dev.quadrille.catering.order.OrderId;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.process.Input.RetryRequested;
import dev.quadrille.kernel.process.ProcessStepTaken;
import dev.quadrille.testkit.simulation.Simulator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds of orders and of the processes that match their menus, when all is at rest and every period has ended. */
final class CateringLaws {

    static final String ONE_END = "every order is either confirmed or expired, once";
    static final String FIRST_MATCH = "an order is confirmed with the first menu that both sides have confirmed";
    static final String ONE_DECISION = "a process asks its order once by itself, to be confirmed or to expire";
    static final String NOBODY_WAITS = "every order has a process, and every process has ended";
    static final String AS_THE_PROCESS_SAYS = "an order has ended as its process has asked";

    private CateringLaws() {}

    static Simulator under(Simulator simulator) {
        return simulator
                .under(ONE_END, CateringLaws::oneEnd)
                .under(FIRST_MATCH, CateringLaws::firstMatch)
                .under(ONE_DECISION, CateringLaws::oneDecision)
                .under(NOBODY_WAITS, CateringLaws::nobodyWaits)
                .under(AS_THE_PROCESS_SAYS, CateringLaws::asTheProcessSays);
    }

    private static void oneEnd(List<Event> events) {
        var ends = new ArrayList<OrderId>();
        events.forEach(event -> {
            switch (event) {
                case OrderConfirmed(var order, var _) -> ends.add(order);
                case OrderExpired(var order) -> ends.add(order);
                default -> {}
            }
        });
        assertThat(ends).containsExactlyInAnyOrderElementsOf(placed(events));
    }

    private static Set<OrderId> placed(List<Event> events) {
        var placed = new HashSet<OrderId>();
        events.forEach(event -> {
            if (event instanceof OrderPlaced(var order, var _, var _)) {
                placed.add(order);
            }
        });
        return placed;
    }

    /** The events of an order come to its process in their order. */
    private static void firstMatch(List<Event> events) {
        var confirmed = new HashSet<Event>();
        var first = new HashMap<OrderId, MenuId>();
        for (var event : events) {
            switch (event) {
                case CustomerConfirmedMenu(var order, var menu) -> {
                    confirmed.add(event);
                    if (confirmed.contains(new CatererConfirmedMenu(order, menu))) {
                        first.putIfAbsent(order, menu);
                    }
                }
                case CatererConfirmedMenu(var order, var menu) -> {
                    confirmed.add(event);
                    if (confirmed.contains(new CustomerConfirmedMenu(order, menu))) {
                        first.putIfAbsent(order, menu);
                    }
                }
                case OrderConfirmed(var order, var menu) -> assertThat(menu).isEqualTo(first.get(order));
                default -> {}
            }
        }
    }

    private static void oneDecision(List<Event> events) {
        steps(events)
                .values()
                .forEach(steps -> assertThat(steps.stream()
                                .filter(step -> !(step.input() instanceof RetryRequested))
                                .flatMap(step -> step.commands().stream()))
                        .hasSizeLessThanOrEqualTo(1));
    }

    private static void nobodyWaits(List<Event> events) {
        assertThat(steps(events).keySet())
                .containsExactlyInAnyOrderElementsOf(placed(events).stream()
                        .map(order -> order.stream().toString())
                        .toList());
        assertThat(steps(events).values()).allMatch(steps -> steps.getLast().ended());
    }

    private static void asTheProcessSays(List<Event> events) {
        var asked = new ArrayList<String>();
        steps(events).values().forEach(steps -> {
            if (steps.size() > 1) {
                asked.add(steps.getLast().status().state() + " "
                        + steps.getLast().status().subject());
            }
        });
        var ended = new ArrayList<String>();
        events.forEach(event -> {
            switch (event) {
                case OrderConfirmed(var order, var _) -> ended.add("OrderConfirmed " + order.stream());
                case OrderExpired(var order) -> ended.add("OrderExpired " + order.stream());
                default -> {}
            }
        });
        assertThat(asked).containsExactlyInAnyOrderElementsOf(ended);
    }

    /** Of each process, by what it is about. */
    private static Map<String, List<ProcessStepTaken>> steps(List<Event> events) {
        var steps = new HashMap<String, List<ProcessStepTaken>>();
        events.forEach(event -> {
            if (event instanceof ProcessStepTaken step) {
                steps.computeIfAbsent(step.status().subject(), _ -> new ArrayList<>())
                        .add(step);
            }
        });
        return steps;
    }
}
