package dev.quadrille.domain;

import static java.util.stream.Collectors.joining;

import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventRef;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.process.Deadline;
import dev.quadrille.kernel.process.Effect;
import dev.quadrille.kernel.process.Effect.End;
import dev.quadrille.kernel.process.Effect.Execute;
import dev.quadrille.kernel.process.Effect.Schedule;
import dev.quadrille.kernel.process.Input;
import dev.quadrille.kernel.process.Input.Acknowledged;
import dev.quadrille.kernel.process.Input.DeadlineReached;
import dev.quadrille.kernel.process.Input.Happened;
import dev.quadrille.kernel.process.Input.Person;
import dev.quadrille.kernel.process.Input.RetryRequested;
import dev.quadrille.kernel.process.ProcessManager;
import dev.quadrille.kernel.process.Status;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a process manager does, as a Mermaid state diagram: from the beginning on, every input in every state, the events
 * being those of the samples. Shown is what changes or does something.
 */
final class StateDiagram<S> {

    private static final int MOST_STATES = 1_000;
    private static final UUID ANY = UUID.fromString("f0000000-0000-4000-8000-000000000001");
    private static final String OUTSIDE = "[*]";

    private final ProcessManager<S> manager;
    private final List<Event> events;
    private final Set<Node<S>> seen = new LinkedHashSet<>();
    private final Queue<Node<S>> next = new ArrayDeque<>();
    private final Set<String> arrows = new LinkedHashSet<>();

    private record Node<S>(S state, Set<Deadline> scheduled) {}

    private StateDiagram(ProcessManager<S> manager) {
        this.manager = manager;
        this.events = manager.routes().events().keySet().stream()
                .flatMap(this::examples)
                .toList();
    }

    /** The diagram, a line for each transition. */
    static <S> String of(ProcessManager<S> manager) {
        return new StateDiagram<>(manager).drawn();
    }

    private Stream<Event> examples(Class<? extends Event> type) {
        if (type == CommandRejected.class) {
            return manager.routes().commands().stream()
                    .map(command -> rejected((Command) sample(command)))
                    .filter(rejected -> manager.routes().instance(rejected).isPresent());
        }
        var event = (Event) sample(type);
        if (manager.routes().instance(event).isEmpty()) {
            throw new IllegalArgumentException(
                    "No instance of '" + manager.identity().name() + "' hears " + event);
        }
        return Stream.of(event);
    }

    private static Event rejected(Command command) {
        return new CommandRejected(ANY, name(command.getClass()), command.stream(), "DISCARDED", "nonsense", command);
    }

    private static Object sample(Class<?> type) {
        return Installation.codec()
                .decode(new Message(name(type), AsyncApi.sample(name(type)).toString()));
    }

    private static String name(Class<?> type) {
        return Installation.messageTypes().all().entrySet().stream()
                .filter(named -> named.getValue() == type)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type + " has no stable name"));
    }

    private String drawn() {
        explore(new Node<>(manager.initial(), Set.of()));
        while (!next.isEmpty()) {
            var from = next.remove();
            inputs(from).forEach(input -> step(from, input));
        }
        return Stream.concat(Stream.of("stateDiagram-v2"), arrows.stream().map(arrow -> "    " + arrow))
                .collect(joining("\n", "", "\n"));
    }

    private void explore(Node<S> node) {
        if (seen.add(node)) {
            if (seen.size() > MOST_STATES) {
                throw new IllegalArgumentException(
                        "'" + manager.identity().name() + "' has more than " + MOST_STATES + " states");
            }
            next.add(node);
        }
    }

    private List<Input> inputs(Node<S> from) {
        var inputs = new ArrayList<Input>();
        events.forEach(event ->
                inputs.add(new Happened(new EventRef(ANY, new StreamId("sample.event", "one"), 1), "sample", event)));
        if (hasBegun(from)) {
            from.scheduled().forEach(deadline -> inputs.add(new DeadlineReached(1, 0, deadline, Instant.EPOCH)));
            Stream.<Person>of(new Acknowledged(), new RetryRequested())
                    .filter(wish -> manager.refusal(from.state(), wish).isEmpty())
                    .forEach(inputs::add);
        }
        return inputs;
    }

    private boolean hasBegun(Node<S> node) {
        return !node.state().equals(manager.initial());
    }

    private void step(Node<S> from, Input input) {
        var state = manager.evolve(from.state(), input);
        var effects = manager.react(state, input);
        if (state.equals(from.state()) && effects.isEmpty()) {
            return;
        }
        var to = drawn(state);
        arrows.add((hasBegun(from) ? drawn(from.state()) : OUTSIDE) + " --> " + to + " : "
                + label(manager.status(from.state()), input, manager.status(state), effects));
        if (effects.contains(new End())) {
            arrows.add(to + " --> " + OUTSIDE);
        } else {
            explore(new Node<>(state, scheduled(from, input, effects)));
        }
    }

    private static Set<Deadline> scheduled(Node<?> from, Input input, List<Effect> effects) {
        var scheduled = new LinkedHashSet<>(from.scheduled());
        if (input instanceof DeadlineReached reached) {
            scheduled.remove(reached.deadline());
        }
        effects.forEach(effect -> {
            if (effect instanceof Schedule schedule) {
                scheduled.add(schedule.deadline());
            }
        });
        return scheduled;
    }

    private String drawn(S state) {
        var name = manager.status(state).state();
        if (!name.matches("\\w+")) {
            throw new IllegalArgumentException("A state's name is a word, not '" + name + "'");
        }
        return name;
    }

    private static String label(Status before, Input input, Status after, List<Effect> effects) {
        var done = effects.stream()
                .flatMap(effect -> switch (effect) {
                    case Execute(var command) -> Stream.of(command.getClass().getSimpleName());
                    case Schedule(var deadline, var _) ->
                        Stream.of(deadline.getClass().getSimpleName() + " scheduled");
                    case End _ -> Stream.<String>empty();
                })
                .collect(joining(", "));
        return name(input)
                + shown(!before.overdue() && after.overdue(), "overdue")
                + shown(!before.failed() && after.failed(), "failed")
                + shown(before.stuckBecause().isEmpty() && !after.stuckBecause().isEmpty(), "stuck")
                + (done.isEmpty() ? "" : " / " + done);
    }

    private static String shown(boolean isNew, String what) {
        return isNew ? " [" + what + "]" : "";
    }

    private static String name(Input input) {
        return switch (input) {
            case Happened(var _, var _, CommandRejected rejected)
            when rejected.command() != null -> rejected.command().getClass().getSimpleName() + " rejected";
            case Happened(var _, var _, var event) -> event.getClass().getSimpleName();
            case DeadlineReached reached -> reached.deadline().getClass().getSimpleName();
            case Acknowledged _ -> "acknowledgement";
            case RetryRequested _ -> "retry";
        };
    }
}
