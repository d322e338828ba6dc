package dev.quadrille.kernel.process;

import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.CommandBus;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.Deadlines;
import dev.quadrille.kernel.Deadlines.Scheduled;
import dev.quadrille.kernel.DerivedId;
import dev.quadrille.kernel.process.ProcessCommand.ReachDeadline;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Tells instances that a deadline was reached (P8): never early, each in the order of time, and as a command on the queue of
 * the instance, which takes effect once however often it is sent. A deadline is forgotten only when the broker has confirmed
 * that command, so a crash repeats it and loses none. Called by one thread; several programs may do it at once.
 */
public final class DeadlineDelivery {

    private final Processes processes;
    private final Deadlines deadlines;
    private final Codec codec;
    private final CommandBus commands;
    private final InstantSource clock;
    private final int batch;

    /**
     * Delivers from this store to this bus.
     *
     * @param clock the one that records the steps of processes
     * @param batch how many are read and confirmed together, 1 or more
     */
    public DeadlineDelivery(
            Processes processes,
            Deadlines deadlines,
            Codec codec,
            CommandBus commands,
            InstantSource clock,
            int batch) {
        this.processes = processes;
        this.deadlines = deadlines;
        this.codec = codec;
        this.commands = commands;
        this.clock = clock;
        this.batch = batch;
    }

    /**
     * Delivers the next ones that are due.
     *
     * @return how many they were; less than a full batch means that no more are due
     * @throws dev.quadrille.kernel.Unavailable if the store or the broker is: call again
     */
    public int next() {
        if (processes.enabledKeys().isEmpty()) {
            return 0;
        }
        var due = deadlines.due(clock.instant(), processes.enabledKeys(), batch);
        if (!due.isEmpty()) {
            commands.send(due.stream().map(this::reached).toList());
            deadlines.delivered(due);
        }
        return due.size();
    }

    private CommandEnvelope reached(Scheduled deadline) {
        var command = new ReachDeadline(
                new ProcessId(UUID.fromString(deadline.stream().id())),
                deadline.version(),
                deadline.index(),
                deadline.scheduledFor());
        return new CommandEnvelope(
                commandId(deadline.lineage().causationId(), deadline.process(), deadline.index()),
                null,
                command.stream(),
                deadline.scheduledFor(),
                deadline.lineage(),
                codec.encode(command));
    }

    /**
     * The id of the command that tells an instance of one of its deadlines.
     *
     * @param step the id of the step's event that scheduled it
     * @param process the key of the process manager
     * @param index which of that step's deadlines it is: 0, 1, 2 …
     */
    public static UUID commandId(UUID step, UUID process, int index) {
        return DerivedId.of(step, process, index);
    }
}
