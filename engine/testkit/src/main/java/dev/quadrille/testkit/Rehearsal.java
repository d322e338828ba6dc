package dev.quadrille.testkit;

import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Append;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.CommandHandler;
import dev.quadrille.kernel.Commit;
import dev.quadrille.kernel.Conflict;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.Outcome.Verdict;
import dev.quadrille.kernel.StreamId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.opentest4j.AssertionFailedError;

/**
 * An aggregate as it is hosted, on a store in memory: every message is written and read by the codec, every command comes twice
 * under its id, and each time the state is made anew from what is stored.
 */
final class Rehearsal {

    private final InMemoryStore store = new InMemoryStore();
    private final Codec codec;
    private final CommandHandler handler;

    Rehearsal(Aggregate<?, ?, ?> aggregate, Codec codec) {
        this.codec = codec;
        this.handler = new CommandHandler(store, store, codec, List.of(aggregate), () -> Instant.EPOCH);
    }

    /** Appends to a stream what has happened in it. */
    EventEnvelope happened(StreamId stream, Event event) {
        return append(stream, codec.encode(event));
    }

    private EventEnvelope append(StreamId stream, Message message) {
        var version = stored(stream).size() + 1L;
        var id = UUID.randomUUID();
        var envelope = new EventEnvelope(id, stream, version, Instant.EPOCH, Lineage.begunBy(id), message);
        try {
            store.commit(new Commit(List.of(new Append(stream, version - 1, List.of(envelope))), List.of()));
        } catch (Conflict impossible) {
            throw new AssertionError("Nobody else writes to " + stream, impossible);
        }
        return envelope;
    }

    /** Begins a stream with something. */
    void begun(StreamId stream) {
        append(stream, new Message("testkit.Begun", "{}"));
    }

    /** Handles a command, which comes twice. */
    Verdict handle(Command command) {
        var id = UUID.randomUUID();
        var envelope = new CommandEnvelope(
                id, null, command.stream(), Instant.EPOCH, Lineage.begunBy(id), codec.encode(command));
        var verdict = handle(envelope);
        var events = stored(command.stream());
        var again = handle(envelope);
        if (!again.equals(verdict) || !stored(command.stream()).equals(events)) {
            throw new AssertionFailedError("The command changes something when it comes again", verdict, again);
        }
        return verdict;
    }

    private Verdict handle(CommandEnvelope command) {
        handler.handle(List.of(command)).failed().forEach(fault -> {
            throw fault.reason();
        });
        var outcome = store.find(Set.of(command.id())).get(command.id());
        if (outcome == null) {
            throw new AssertionError("Without an outcome: " + command);
        }
        return outcome.verdict();
    }

    /** What stands in a stream, in order. */
    List<EventEnvelope> stored(StreamId stream) {
        return store.read(Map.of(stream, 0L)).getOrDefault(stream, List.of());
    }
}
