package dev.quadrille.standalone;

import static java.util.stream.Collectors.toCollection;

import dev.quadrille.domain.Context;
import dev.quadrille.domain.Installation;
import dev.quadrille.financing.registering.Registered;
import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.Policy;
import dev.quadrille.kernel.process.Deadline;
import dev.quadrille.kernel.process.ProcessCommand.HandleEvent;
import dev.quadrille.kernel.process.ProcessCommand.ReachDeadline;
import dev.quadrille.kernel.process.ProcessManager;
import dev.quadrille.kernel.process.Processes;
import dev.quadrille.postgres.intake.View;
import dev.quadrille.projections.ProjectionsApplication;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Who says what to whom in the whole installation, as its contexts, its process managers and its views declare it. */
final class Conversation {

    static final List<Context> CONTEXTS = Installation.CONTEXTS;
    static final List<ProcessManager<?>> PROCESS_MANAGERS = Installation.PROCESS_MANAGERS;
    static final List<View> VIEWS = ProjectionsApplication.VIEWS;

    private Conversation() {}

    /** The policies of a context, without the one that issues what process managers have decided. */
    static List<Policy<?>> policies(Context context) {
        return context.name().equals(Processes.CONTEXT) ? List.of() : context.policies();
    }

    /** The kinds of message that a language has, in the order in which it names them. */
    static List<Class<?>> messages(Class<?> language) {
        return language.isSealed()
                ? Stream.of(language.getPermittedSubclasses())
                        .flatMap(part -> messages(part).stream())
                        .toList()
                : List.of(language);
    }

    static List<Class<?>> announcements() {
        return messages(Registered.class);
    }

    /** The command that an announcement of another system becomes. */
    static Class<?> commandOf(Class<?> announcement) {
        try {
            return announcement.getMethod("toCommand").getReturnType();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(announcement + " is no announcement", e);
        }
    }

    static String nameOf(View view) {
        return view.getClass().getSimpleName();
    }

    /** Who sends a command, records an event, schedules a deadline, or announces. */
    static SortedSet<String> senders(Class<?> message) {
        var senders = new TreeSet<String>();
        if (Command.class.isAssignableFrom(message)) {
            CONTEXTS.stream()
                    .flatMap(context -> policies(context).stream())
                    .filter(policy -> policy.commands().contains(message))
                    .forEach(policy -> senders.add("policy *" + policy.name() + "*"));
            PROCESS_MANAGERS.stream()
                    .filter(manager -> manager.routes().commands().contains(message))
                    .forEach(manager ->
                            senders.add("process `" + manager.identity().name() + "`"));
            announcements().stream()
                    .filter(announcement -> commandOf(announcement).equals(message))
                    .forEach(announcement -> senders.add("announcement `" + announcement.getSimpleName() + "`"));
            if (message == HandleEvent.class) {
                senders.add("the router of process inputs");
            } else if (message == ReachDeadline.class) {
                senders.add("the delivery of deadlines");
            } else if (senders.isEmpty()) {
                senders.add("clients, by gRPC");
            }
        } else if (Deadline.class.isAssignableFrom(message)) {
            PROCESS_MANAGERS.stream()
                    .filter(manager -> manager.routes().deadlines().contains(message))
                    .forEach(manager ->
                            senders.add("process `" + manager.identity().name() + "`"));
        } else if (announcements().contains(message)) {
            senders.add("Registering");
        } else {
            senders.addAll(aggregatesOf(message, false));
        }
        return senders;
    }

    /** Who decides a command, hears an event, or is told of a deadline or an announcement. */
    static SortedSet<String> receivers(Class<?> message) {
        var receivers = new TreeSet<String>();
        if (Command.class.isAssignableFrom(message)) {
            receivers.addAll(aggregatesOf(message, true));
        } else if (Deadline.class.isAssignableFrom(message)) {
            receivers.addAll(senders(message));
        } else if (announcements().contains(message)) {
            receivers.add("Announcements, as `" + commandOf(message).getSimpleName() + "`");
        } else {
            CONTEXTS.stream()
                    .flatMap(context -> context.policies().stream())
                    .filter(policy -> policy.event().equals(message))
                    .forEach(policy -> receivers.add("policy *" + policy.name() + "*"));
            PROCESS_MANAGERS.stream()
                    .filter(manager -> manager.routes().events().containsKey(message))
                    .forEach(manager ->
                            receivers.add("process `" + manager.identity().name() + "`"));
            CONTEXTS.stream()
                    .flatMap(context -> context.aggregates().stream())
                    .filter(aggregate -> messages(aggregate.events()).contains(message))
                    .flatMap(aggregate -> viewsOf(aggregate).stream())
                    .forEach(view -> receivers.add("view `" + nameOf(view) + "`"));
        }
        return receivers;
    }

    static List<View> viewsOf(Aggregate<?, ?, ?> aggregate) {
        return VIEWS.stream()
                .filter(view -> view.categories().contains(aggregate.category()))
                .toList();
    }

    private static SortedSet<String> aggregatesOf(Class<?> message, boolean asked) {
        return CONTEXTS.stream()
                .flatMap(context -> context.aggregates().stream())
                .filter(aggregate -> messages(asked ? aggregate.commands() : aggregate.events())
                        .contains(message))
                .map(aggregate -> "`" + aggregate.category() + "`")
                .collect(toCollection(TreeSet::new));
    }

    /** The messages of a context, or of Registering, by their stable names. */
    static SortedMap<String, Class<?>> messagesOf(String context) {
        var messages = new TreeMap<String, Class<?>>();
        Installation.messageTypes().all().forEach((name, type) -> {
            if (name.startsWith(context + ".")) {
                messages.put(name, type);
            }
        });
        return messages;
    }

    static String kindOf(Class<?> message) {
        return Command.class.isAssignableFrom(message)
                ? "command"
                : Event.class.isAssignableFrom(message)
                        ? "event"
                        : Deadline.class.isAssignableFrom(message) ? "deadline" : "announcement";
    }
}
