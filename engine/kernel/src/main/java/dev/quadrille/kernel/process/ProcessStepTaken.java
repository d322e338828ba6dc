package dev.quadrille.kernel.process;

import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventRef;
import dev.quadrille.kernel.Linking;
import dev.quadrille.kernel.Moment;
import dev.quadrille.kernel.Scheduling;
import dev.quadrille.kernel.process.Effect.Schedule;
import dev.quadrille.kernel.process.Input.Happened;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A process has handled an input: the only event there is in its stream. The input and the effects are all that its state
 * is made of; the status is for those who show it.
 *
 * @param process the key of the process manager
 * @param type its name then
 * @param commands what it issues, in order
 * @param deadlines what it schedules, in order
 * @param ended whether the instance ends with this
 */
public record ProcessStepTaken(
        ProcessId processId,
        UUID process,
        String type,
        Input input,
        List<Command> commands,
        List<Schedule> deadlines,
        boolean ended,
        Status status)
        implements Scheduling, Linking {

    public ProcessStepTaken {
        commands = List.copyOf(commands);
        deadlines = List.copyOf(deadlines);
    }

    @Override
    public List<Moment> moments() {
        return deadlines.stream().map(Schedule::due).toList();
    }

    @Override
    public Set<EventRef> links() {
        return input instanceof Happened happened ? Set.of(happened.ref()) : Set.of();
    }

    @Override
    public ProcessStepTaken linked(Map<EventRef, Event> linked) {
        return input instanceof Happened happened
                ? new ProcessStepTaken(
                        processId, process, type, Links.follow(happened, linked), commands, deadlines, ended, status)
                : this;
    }

    /**
     * The id of one of a step's commands.
     *
     * @param step the id of the step's event
     * @param index the command's place in it: 0, 1, 2 …
     */
    public static UUID commandId(UUID step, int index) {
        return Processes.commandId(step, index);
    }
}
