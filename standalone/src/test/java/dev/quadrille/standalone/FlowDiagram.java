package dev.quadrille.standalone;

import static java.util.stream.Collectors.joining;

import dev.quadrille.domain.Context;
import dev.quadrille.kernel.Policy;
import dev.quadrille.kernel.process.ProcessManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The messages of some contexts and what they have to do with each other, as a Mermaid flowchart. */
final class FlowDiagram {

    private final List<String> lines = new ArrayList<>();

    private FlowDiagram() {}

    /**
     * Draws these contexts and process managers.
     *
     * @throws IllegalArgumentException if there is no such context or process manager
     */
    static String of(List<String> contexts, List<String> processes) {
        var diagram = new FlowDiagram();
        contexts.forEach(name -> diagram.draw(found(
                Conversation.CONTEXTS.stream().filter(context -> context.name().equals(name)), name)));
        processes.forEach(name -> diagram.draw(found(
                Conversation.PROCESS_MANAGERS.stream()
                        .filter(manager -> manager.identity().name().equals(name)),
                name)));
        return diagram.lines.stream().collect(joining("\n    ", "flowchart LR\n    ", "\n"));
    }

    private static <T> T found(Stream<? extends T> all, String name) {
        return all.findFirst().orElseThrow(() -> new IllegalArgumentException("Nothing is called '" + name + "'"));
    }

    private void draw(Context context) {
        Conversation.announcements().stream()
                .filter(announcement -> context.messageTypes().all().containsValue(announcement))
                .forEach(announcement -> arrow(event(announcement), command(Conversation.commandOf(announcement))));
        lines.add("subgraph " + context.name());
        for (var aggregate : context.aggregates()) {
            var node = aggregate.category().replace('.', '_') + "[[\"" + aggregate.category() + "\"]]";
            Conversation.messages(aggregate.commands()).forEach(command -> arrow(command(command), node));
            Conversation.messages(aggregate.events()).forEach(event -> arrow(node, event(event)));
            Conversation.viewsOf(aggregate)
                    .forEach(view -> arrow(
                            node, "view_" + Conversation.nameOf(view) + "[(\"" + Conversation.nameOf(view) + "\")]"));
        }
        lines.add("end");
        Conversation.policies(context).forEach(this::draw);
    }

    private void draw(Policy<?> policy) {
        var node = "policy_" + policy.key().toString().replace("-", "") + "{{\"" + policy.name() + "\"}}";
        arrow(event(policy.event()), node);
        policy.commands().stream().map(FlowDiagram::command).sorted().forEach(command -> arrow(node, command));
    }

    private void draw(ProcessManager<?> manager) {
        var name = manager.identity().name();
        var node = "process_" + name.replace('-', '_') + "[/\"" + name + "\"/]";
        manager.routes().events().keySet().forEach(event -> arrow(event(event), node));
        manager.routes().commands().forEach(command -> arrow(node, command(command)));
        manager.routes().deadlines().forEach(deadline -> {
            var due = "deadline_" + deadline.getSimpleName() + "((\"" + deadline.getSimpleName() + "\"))";
            arrow(node, due);
            arrow(due, node);
        });
    }

    private void arrow(String from, String to) {
        var arrow = from + " --> " + to;
        if (!lines.contains(arrow)) {
            lines.add(arrow);
        }
    }

    private static String command(Class<?> type) {
        return "command_" + type.getSimpleName() + "[\"" + type.getSimpleName() + "\"]";
    }

    private static String event(Class<?> type) {
        return "event_" + type.getSimpleName() + "(\"" + type.getSimpleName() + "\")";
    }
}
