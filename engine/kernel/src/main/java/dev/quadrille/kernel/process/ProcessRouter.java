package dev.quadrille.kernel.process;

import static java.util.stream.Collectors.toSet;

import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.CommandBus;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.DerivedId;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.EventStore;
import dev.quadrille.kernel.Handler;
import dev.quadrille.kernel.UnreadableMessage;
import dev.quadrille.kernel.process.Input.Happened;
import dev.quadrille.kernel.process.ProcessCommand.HandleEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends every event from the bus to the instances that hear it, at most one of each process manager, as a command with an id
 * derived from the event's: what comes again is told again under the same id (P5). The commands of an instance go through one
 * queue in order, so that it handles one input at a time and one that fails stops nobody else (P6). Safe to share between
 * threads.
 */
public final class ProcessRouter implements Handler<EventEnvelope> {

    private final Processes processes;
    private final EventStore store;
    private final Codec codec;
    private final CommandBus commands;
    private final InstantSource clock;
    private final Consumer<EventEnvelope> ignored;

    /** @param ignored told of each event that is heard but is not in the store, to count it: a process is made of stored events */
    public ProcessRouter(
            Processes processes,
            EventStore store,
            Codec codec,
            CommandBus commands,
            InstantSource clock,
            Consumer<EventEnvelope> ignored) {
        this.processes = processes;
        this.store = store;
        this.codec = codec;
        this.commands = commands;
        this.clock = clock;
        this.ignored = ignored;
    }

    @Override
    public Handled<EventEnvelope> handle(List<EventEnvelope> batch) {
        var heard = new ArrayList<Heard>();
        var handled = Handled.oneByOne(batch, EventEnvelope::stream, event -> heard.addAll(hearers(event)));
        if (heard.isEmpty()) {
            return handled;
        }
        var stored = store.stored(heard.stream().map(it -> it.event().ref()).collect(toSet()))
                .keySet();
        var told = new ArrayList<CommandEnvelope>();
        for (var it : heard) {
            if (stored.contains(it.event().ref())) {
                told.add(it.command());
            } else {
                ignored.accept(it.event());
            }
        }
        if (!told.isEmpty()) {
            commands.send(told);
        }
        return handled;
    }

    /** An event and what tells one instance of it. */
    private record Heard(EventEnvelope event, CommandEnvelope command) {}

    private List<Heard> hearers(EventEnvelope envelope) {
        if (!(codec.decode(envelope.message()) instanceof Event event)) {
            throw new UnreadableMessage(envelope.message().type() + " is not an event");
        }
        return processes.enabled().stream()
                .flatMap(manager -> input(manager, envelope, event, codec, clock.instant()).stream())
                .map(command -> new Heard(envelope, command))
                .toList();
    }

    /**
     * What tells the instance of a process manager of an event, if one hears it, with the id UUIDv5(event id, the process
     * manager's key).
     *
     * @param event what the envelope holds
     */
    public static Optional<CommandEnvelope> input(
            ProcessManager<?> manager, EventEnvelope envelope, Event event, Codec codec, Instant issuedAt) {
        var process = manager.identity().key();
        return manager.routes().instance(event).map(instance -> {
            var command = new HandleEvent(
                    new ProcessId(instance),
                    process,
                    new Happened(envelope.ref(), envelope.message().type(), event));
            return new CommandEnvelope(
                    DerivedId.of(envelope.id(), process),
                    null,
                    command.stream(),
                    issuedAt,
                    envelope.lineage().causedBy(envelope.id()),
                    codec.encode(command));
        });
    }
}
