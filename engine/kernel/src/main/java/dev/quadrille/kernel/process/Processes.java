package dev.quadrille.kernel.process;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.DerivedId;
import dev.quadrille.kernel.MessageTypes;
import dev.quadrille.kernel.Policy;
import dev.quadrille.kernel.process.ProcessCommand.AcknowledgeProcessFailure;
import dev.quadrille.kernel.process.ProcessCommand.HandleEvent;
import dev.quadrille.kernel.process.ProcessCommand.ReachDeadline;
import dev.quadrille.kernel.process.ProcessCommand.RetryNow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The process managers that run together, checked before they do. Immutable. */
public final class Processes {

    public static final String CONTEXT = "process";

    private static final String POLICY_KEY = "2a1c1c55-3b0c-4c4b-8a55-9d2f6f1f7b10";

    private final Map<UUID, ProcessManager<?>> managers = new LinkedHashMap<>();
    private final List<ProcessManager<?>> enabled;
    private final Set<UUID> enabledKeys;

    /**
     * Runs these process managers.
     *
     * @param disabled the names of those that don't run: they hear nothing, and their deadlines wait
     * @throws IllegalArgumentException if two have the same name or key, or if one to be disabled is not there
     */
    public Processes(List<? extends ProcessManager<?>> managers, Set<String> disabled) {
        var byName = managers.stream()
                .collect(toMap(manager -> manager.identity().name(), manager -> manager, Processes::refuseSecond));
        managers.forEach(manager -> this.managers.merge(manager.identity().key(), manager, Processes::refuseSecond));
        disabled.forEach(name -> {
            if (!byName.containsKey(name)) {
                throw new IllegalArgumentException(
                        "There is no process manager '" + name + "' to be disabled, only " + byName.keySet());
            }
        });
        this.enabled = this.managers.values().stream()
                .filter(manager -> !disabled.contains(manager.identity().name()))
                .toList();
        this.enabledKeys =
                enabled.stream().map(manager -> manager.identity().key()).collect(toUnmodifiableSet());
    }

    private static ProcessManager<?> refuseSecond(ProcessManager<?> one, ProcessManager<?> other) {
        throw new IllegalArgumentException("The process managers " + one.identity() + " and " + other.identity()
                + " have the same name or key; give each its own");
    }

    /**
     * Checks, before anything starts, that what is heard and issued by these process managers and by the policies beside them is
     * what aggregates record and decide, and that all of it has a stable name.
     *
     * @param aggregates all of the installation, wherever they are hosted
     * @param policies all of the installation
     * @throws IllegalArgumentException if two aggregates decide one type of command or record one type of event, if an event is
     *     heard that nobody records, if a command may be issued that nobody decides, or if a type has no name; the message says
     *     which
     */
    public void check(
            List<? extends Aggregate<?, ?, ?>> aggregates, List<? extends Policy<?>> policies, MessageTypes types) {
        var routes = new RouteCheck(aggregates, types);
        policies.forEach(routes::check);
        managers.values().forEach(routes::check);
    }

    /** All of them, in the order given. */
    public List<ProcessManager<?>> managers() {
        return List.copyOf(managers.values());
    }

    /** Those that run. */
    public List<ProcessManager<?>> enabled() {
        return enabled;
    }

    /** The keys of those that run. */
    public Set<UUID> enabledKeys() {
        return enabledKeys;
    }

    /** Issues the commands of every step: there is no other outbox. */
    public Policy<ProcessStepTaken> policy() {
        return Policy.whenever(
                ProcessStepTaken.class,
                "issue the commands of a process",
                POLICY_KEY,
                managers.values().stream()
                        .flatMap(manager -> manager.routes().commands().stream())
                        .collect(toUnmodifiableSet()),
                ProcessStepTaken::commands);
    }

    /** The id of one of the commands of a step. */
    static UUID commandId(UUID step, int index) {
        return DerivedId.of(step, UUID.fromString(POLICY_KEY), index);
    }

    /** Their instances as the handler hosts them. */
    public Aggregate<ProcessCommand, ?, ProcessStepTaken> aggregate() {
        return new Aggregate<>(
                ProcessId.CATEGORY, ProcessCommand.class, ProcessStepTaken.class, new ProcessDecider(managers));
    }

    /** The stable names of everything that instances store and are asked. */
    public static MessageTypes messageTypes() {
        return new MessageTypes()
                .register("process.HandleEvent.v1", HandleEvent.class)
                .register("process.ReachDeadline.v1", ReachDeadline.class)
                .register("process.AcknowledgeProcessFailure.v1", AcknowledgeProcessFailure.class)
                .register("process.RetryNow.v1", RetryNow.class)
                .register("process.ProcessStepTaken.v1", ProcessStepTaken.class);
    }
}
