package dev.quadrille.kernel.process;

import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.MessageTypes;
import dev.quadrille.kernel.Policy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds out whether what one hears and issues is what another records and decides. */
final class RouteCheck {

    private final MessageTypes types;
    private final Map<Class<?>, String> deciders = new HashMap<>();
    private final Map<Class<?>, String> recorders = new HashMap<>();

    RouteCheck(List<? extends Aggregate<?, ?, ?>> aggregates, MessageTypes types) {
        this.types = types;
        for (var aggregate : aggregates) {
            claim(deciders, aggregate.commands(), aggregate.category(), "decide");
            claim(recorders, aggregate.events(), aggregate.category(), "record");
        }
        recorders.put(CommandRejected.class, "every aggregate");
    }

    void check(Policy<?> policy) {
        var who = "The policy '" + policy.name() + "'";
        require(recorders, policy.event(), who + " hears", "records");
        policy.commands().forEach(command -> require(deciders, command, who + " issues", "decides"));
    }

    void check(ProcessManager<?> manager) {
        var who = "The process manager '" + manager.identity().name() + "'";
        var routes = manager.routes();
        routes.events().keySet().forEach(event -> require(recorders, event, who + " hears", "records"));
        routes.commands().forEach(command -> require(deciders, command, who + " issues", "decides"));
        routes.deadlines().forEach(deadline -> named(deadline, who + " schedules"));
    }

    private void claim(Map<Class<?>, String> takers, Class<?> language, String category, String does) {
        leaves(language).forEach(type -> {
            named(type, "The aggregates of '" + category + "' " + does);
            var other = takers.put(type, category);
            if (other != null) {
                throw new IllegalArgumentException("The aggregates of both '" + other + "' and '" + category + "' "
                        + does + " " + type + "; only one may");
            }
        });
    }

    private void named(Class<?> type, String who) {
        if (!types.all().containsValue(type)) {
            throw new IllegalArgumentException(
                    who + " " + type + ", which has no stable name; register it among the message types");
        }
    }

    private static void require(Map<Class<?>, String> takers, Class<?> type, String who, String does) {
        if (!takers.containsKey(type)) {
            throw new IllegalArgumentException(who + " " + type + ", which no aggregate " + does);
        }
    }

    private static Stream<Class<?>> leaves(Class<?> language) {
        return language.isSealed()
                ? Stream.of(language.getPermittedSubclasses()).flatMap(RouteCheck::leaves)
                : Stream.of(language);
    }
}
