package dev.quadrille.testkit;

import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Outcome.Rejected;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.process.Deadline;
import dev.quadrille.kernel.process.Effect;
import dev.quadrille.kernel.process.Effect.End;
import dev.quadrille.kernel.process.Effect.Execute;
import dev.quadrille.kernel.process.Input;
import dev.quadrille.kernel.process.Input.Acknowledged;
import dev.quadrille.kernel.process.Input.DeadlineReached;
import dev.quadrille.kernel.process.Input.Happened;
import dev.quadrille.kernel.process.Input.Person;
import dev.quadrille.kernel.process.Input.RetryRequested;
import dev.quadrille.kernel.process.ProcessCommand;
import dev.quadrille.kernel.process.ProcessCommand.AcknowledgeProcessFailure;
import dev.quadrille.kernel.process.ProcessCommand.HandleEvent;
import dev.quadrille.kernel.process.ProcessCommand.ReachDeadline;
import dev.quadrille.kernel.process.ProcessCommand.RetryNow;
import dev.quadrille.kernel.process.ProcessId;
import dev.quadrille.kernel.process.ProcessManager;
import dev.quadrille.kernel.process.ProcessStepTaken;
import dev.quadrille.kernel.process.Processes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** An instance of a process manager as it is hosted, to which every input comes twice. */
final class RehearsedProcess {

    private static final StreamId ELSEWHERE = new StreamId("testkit.scenario", "one");

    private final ProcessManager<?> manager;
    private final Codec codec;
    private final Rehearsal rehearsal;
    private @Nullable ProcessId id;
    private int stepsBefore;

    RehearsedProcess(ProcessManager<?> manager, Codec codec) {
        this.manager = manager;
        this.codec = codec;
        this.rehearsal = new Rehearsal(new Processes(List.of(manager), Set.of()).aggregate(), codec);
    }

    /** Handles these, in this order; answers them as the process manager is given them. */
    List<Input> handle(List<Object> inputs) {
        return inputs.stream().map(this::handle).toList();
    }

    private Input handle(Object input) {
        stepsBefore = stepsStored().size();
        return switch (input) {
            case Event event -> happened(event);
            case Deadline deadline -> reached(deadline);
            case Person wish -> followed(wish);
            default ->
                throw new IllegalArgumentException("An input is an event, a deadline or a person's wish, not " + input);
        };
    }

    private Input happened(Event event) {
        var hearer = manager.routes()
                .instance(event)
                .map(ProcessId::new)
                .orElseThrow(() -> new IllegalArgumentException(
                        "No route of '" + manager.identity().name() + "' leads to an instance for " + event));
        if (id != null && !id.equals(hearer)) {
            throw new IllegalArgumentException(
                    "A scenario has one instance, but " + event + " goes to " + hearer + ", others to " + id);
        }
        id = hearer;
        var stored = rehearsal.happened(ELSEWHERE, event);
        var message = stored.message();
        var happened = new Happened(stored.ref(), message.type(), (Event) codec.decode(message));
        require(new HandleEvent(hearer, manager.identity().key(), happened));
        return happened;
    }

    private Input reached(Deadline deadline) {
        var steps = steps();
        for (var step = steps.size(); step >= 1; step--) {
            var scheduled = steps.get(step - 1).deadlines();
            for (var index = 0; index < scheduled.size(); index++) {
                if (scheduled.get(index).deadline().equals(deadline)) {
                    var due = stepsStored().get(step - 1).recordedAt();
                    require(new ReachDeadline(instance(), step, index, due));
                    return new DeadlineReached(step, index, deadline, due);
                }
            }
        }
        throw new AssertionFailedError("No step has scheduled " + deadline + ", only " + steps);
    }

    private Input followed(Person wish) {
        require(command(wish));
        return wish;
    }

    private void require(ProcessCommand command) {
        try {
            if (rehearsal.handle(command) instanceof Rejected(var rejection, var _)) {
                throw new AssertionFailedError("The instance that is hosted refuses " + command + ": " + rejection);
            }
        } catch (IllegalStateException | IllegalArgumentException fault) {
            throw new AssertionFailedError("The instance that is hosted fails on " + command + ": " + fault, fault);
        }
    }

    /** Why it refuses a person's wish, if it does. */
    Optional<String> refusal(Person wish) {
        return rehearsal.handle(command(wish)) instanceof Rejected(var rejection, var _)
                ? Optional.of(rejection.reason())
                : Optional.empty();
    }

    private ProcessCommand command(Person wish) {
        return switch (wish) {
            case Acknowledged _ -> new AcknowledgeProcessFailure(instance());
            case RetryRequested _ -> new RetryNow(instance());
        };
    }

    private ProcessId instance() {
        return id == null ? new ProcessId(new UUID(0, 0)) : id;
    }

    boolean hasBegun() {
        return !stepsStored().isEmpty();
    }

    /** What it has done about the last input: commands, deadlines, its end. */
    List<Effect> effectsOfLast() {
        var effects = new ArrayList<Effect>();
        steps().stream().skip(stepsBefore).forEach(step -> {
            step.commands().forEach(command -> effects.add(new Execute(command)));
            effects.addAll(step.deadlines());
            if (step.ended()) {
                effects.add(new End());
            }
        });
        return effects;
    }

    /** The steps that it has taken, in order; their events are referred to only. */
    private List<ProcessStepTaken> steps() {
        return stepsStored().stream()
                .map(step -> (ProcessStepTaken) codec.decode(step.message()))
                .toList();
    }

    private List<EventEnvelope> stepsStored() {
        return rehearsal.stored(instance().stream());
    }
}
