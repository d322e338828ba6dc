package dev.quadrille.kernel.process;

import static dev.quadrille.kernel.Decision.accept;
import static dev.quadrille.kernel.Decision.alreadyTrue;
import static dev.quadrille.kernel.Decision.reject;

import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.Decider;
import dev.quadrille.kernel.Decision;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.process.Effect.End;
import dev.quadrille.kernel.process.Effect.Execute;
import dev.quadrille.kernel.process.Effect.Schedule;
import dev.quadrille.kernel.process.Input.Acknowledged;
import dev.quadrille.kernel.process.Input.DeadlineReached;
import dev.quadrille.kernel.process.Input.Person;
import dev.quadrille.kernel.process.Input.RetryRequested;
import dev.quadrille.kernel.process.Instance.Ended;
import dev.quadrille.kernel.process.Instance.NotBegun;
import dev.quadrille.kernel.process.Instance.Place;
import dev.quadrille.kernel.process.Instance.Running;
import dev.quadrille.kernel.process.ProcessCommand.AcknowledgeProcessFailure;
import dev.quadrille.kernel.process.ProcessCommand.HandleEvent;
import dev.quadrille.kernel.process.ProcessCommand.ReachDeadline;
import dev.quadrille.kernel.process.ProcessCommand.RetryNow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * An instance of any process manager as an aggregate: what it is asked is an input or nothing new, and every input is one
 * step. It ends once, for ever.
 */
final class ProcessDecider implements Decider<ProcessCommand, Instance, ProcessStepTaken> {

    private final Map<UUID, ProcessManager<?>> managers;

    /** @param managers by their keys, those that are disabled as well */
    ProcessDecider(Map<UUID, ProcessManager<?>> managers) {
        this.managers = managers;
    }

    @Override
    public Instance initial() {
        return new NotBegun();
    }

    @Override
    public Instance evolve(Instance instance, ProcessStepTaken step) {
        return switch (instance) {
            case Ended _ -> throw new IllegalStateException(step + " can't follow on the end of " + step.processId());
            case NotBegun _, Running<?> _ when step.ended() -> new Ended();
            case NotBegun _ -> begun(manager(step.process())).after(step);
            case Running<?> running -> running.after(step);
        };
    }

    @Override
    public Decision<ProcessStepTaken> decide(Instance instance, ProcessCommand command, Set<StreamId> existing) {
        return switch (command) {
            case HandleEvent handle -> handle(instance, handle);
            case ReachDeadline reach -> reach(instance, reach);
            case AcknowledgeProcessFailure acknowledge -> follow(instance, acknowledge, new Acknowledged());
            case RetryNow retry -> follow(instance, retry, new RetryRequested());
        };
    }

    private Decision<ProcessStepTaken> handle(Instance instance, HandleEvent handle) {
        return switch (instance) {
            case Ended _ -> alreadyTrue();
            case NotBegun _ -> begin(begun(manager(handle.process())), handle);
            case Running<?> running
            when !running.manager().identity().key().equals(handle.process()) ->
                throw new IllegalStateException(
                        "The process " + handle.processId().value() + " belongs to '"
                                + running.manager().identity().name() + "'; '"
                                + manager(handle.process()).identity().name() + "' routes "
                                + handle.input().type()
                                + " to it too: give the instances of each ids of their own");
            case Running<?> running
            when running.handled().contains(handle.input().ref().id()) -> alreadyTrue();
            case Running<?> running -> accept(step(running, handle, handle.input()));
        };
    }

    private static <S> Decision<ProcessStepTaken> begin(Running<S> fresh, HandleEvent handle) {
        var step = step(fresh, handle, handle.input());
        var begins = !step.commands().isEmpty()
                || !step.deadlines().isEmpty()
                || step.ended()
                || !fresh.manager().evolve(fresh.state(), handle.input()).equals(fresh.state());
        return begins ? accept(step) : alreadyTrue();
    }

    private static Decision<ProcessStepTaken> reach(Instance instance, ReachDeadline reach) {
        return switch (instance) {
            case Ended _, NotBegun _ -> alreadyTrue();
            case Running<?> running -> {
                var due = running.scheduled().get(new Place(reach.step(), reach.index()));
                yield due == null
                        ? alreadyTrue()
                        : accept(step(
                                running,
                                reach,
                                new DeadlineReached(
                                        reach.step(), reach.index(), due.deadline(), reach.scheduledFor())));
            }
        };
    }

    private static Decision<ProcessStepTaken> follow(Instance instance, ProcessCommand command, Person wish) {
        return switch (instance) {
            case NotBegun _ ->
                reject(
                        "PROCESS_NOT_FOUND",
                        "There is no process " + command.processId().value());
            case Ended _ -> {
                var ended = "The process " + command.processId().value() + " has ended";
                var why = wish instanceof Acknowledged
                        ? ProcessManager.notFailed(ended)
                        : ProcessManager.nothingToRetry(ended);
                yield reject(why.reason(), why.message());
            }
            case Running<?> running -> follow(running, command, wish);
        };
    }

    private static <S> Decision<ProcessStepTaken> follow(Running<S> running, ProcessCommand command, Person wish) {
        return running.manager()
                .refusal(running.state(), wish)
                .<Decision<ProcessStepTaken>>map(why -> reject(why.reason(), why.message()))
                .orElseGet(() -> accept(step(running, command, wish)));
    }

    private static <S> ProcessStepTaken step(Running<S> running, ProcessCommand command, Input input) {
        var manager = running.manager();
        var state = manager.evolve(running.state(), input);
        var commands = new ArrayList<Command>();
        var deadlines = new ArrayList<Schedule>();
        var ended = false;
        for (var effect : manager.react(state, input)) {
            if (ended && !(effect instanceof End)) {
                throw fault(manager, input, effect, "comes behind the end");
            }
            switch (effect) {
                case End _ -> ended = true;
                case Execute(var wish) when manager.routes().commands().contains(wish.getClass()) -> commands.add(wish);
                case Schedule schedule
                when manager.routes().deadlines().contains(schedule.deadline().getClass()) -> deadlines.add(schedule);
                case Execute _, Schedule _ -> throw fault(manager, input, effect, "is not declared in its routes");
            }
        }
        return new ProcessStepTaken(
                command.processId(),
                manager.identity().key(),
                manager.identity().name(),
                input,
                commands,
                ended ? List.of() : deadlines,
                ended,
                manager.status(state));
    }

    private static IllegalStateException fault(ProcessManager<?> manager, Input input, Effect effect, String why) {
        return new IllegalStateException("The process manager '"
                + manager.identity().name() + "' answers " + input + " with " + effect + ", which " + why);
    }

    private static <S> Running<S> begun(ProcessManager<S> manager) {
        return new Running<>(manager, manager.initial(), 0, Set.of(), Map.of());
    }

    private ProcessManager<?> manager(UUID key) {
        var manager = managers.get(key);
        if (manager == null) {
            throw new IllegalStateException("No process manager with the key " + key + " is hosted here, only "
                    + managers.values().stream().map(it -> it.identity()).toList());
        }
        return manager;
    }
}
