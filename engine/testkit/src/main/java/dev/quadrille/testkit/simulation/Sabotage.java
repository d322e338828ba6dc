package dev.quadrille.testkit.simulation;

import dev.quadrille.kernel.Checkpoints;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.Commit;
import dev.quadrille.kernel.Conflict;
import dev.quadrille.kernel.Deadlines;
import dev.quadrille.kernel.DerivedId;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.EventRef;
import dev.quadrille.kernel.EventStore;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.Outcomes;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Defects to build into a simulated engine, between it and the world, to show that a simulation would find them: a law
 * that none of them breaks, with a workload under which it could, is not much of a law.
 */
public enum Sabotage {
    /** A command that comes again is handled again. */
    NO_DEDUPLICATION,
    /** Outcomes are recorded after the events, not with them. */
    OUTCOMES_APART,
    /** The relay's position moves before the events are published. */
    CHECKPOINT_BEFORE_CONFIRM,
    /** The relay goes on without the broker's confirm. */
    EVENTS_UNCONFIRMED,
    /** Policies and clients go on without the broker's confirm. */
    COMMANDS_UNCONFIRMED,
    /** An event that comes again is answered by other commands, as their ids are not derived from its own. */
    IDS_NOT_DERIVED,
    /** A deadline is forgotten before the broker has confirmed what tells of it. */
    DEADLINES_FORGOTTEN;

    /** Called for each instance whenever it is started. */
    Ports wire(Ports ports) {
        return switch (this) {
            case NO_DEDUPLICATION -> {
                var forgetful = new Forgetful(ports);
                yield ports.storing(forgetful, forgetful);
            }
            case OUTCOMES_APART -> ports.storing(new TwoTransactions(ports.store()), ports.outcomes());
            case CHECKPOINT_BEFORE_CONFIRM -> {
                var hasty = new Hasty(ports);
                yield ports.relaying(hasty, hasty.due::addAll);
            }
            case EVENTS_UNCONFIRMED ->
                ports.relaying(
                        ports.checkpoints(),
                        events -> unconfirmed(() -> ports.eventBus().publish(events)));
            case COMMANDS_UNCONFIRMED ->
                ports.sending(commands -> unconfirmed(() -> ports.commandBus().send(commands)));
            case IDS_NOT_DERIVED ->
                ports.sending(commands -> ports.commandBus()
                        .send(commands.stream().map(Sabotage::withOtherId).toList()));
            case DEADLINES_FORGOTTEN -> ports.delivering(new Unkept(ports.deadlines()));
        };
    }

    private static void unconfirmed(Runnable publish) {
        try {
            publish.run();
        } catch (Unavailable unconfirmed) {
            // Which is the sabotage.
        }
    }

    /** One that depends on the moment. Clients' commands keep theirs. */
    private static CommandEnvelope withOtherId(CommandEnvelope command) {
        return command.requestId() != null
                ? command
                : new CommandEnvelope(
                        DerivedId.of(command.id(), command.issuedAt()),
                        null,
                        command.stream(),
                        command.issuedAt(),
                        command.lineage(),
                        command.message());
    }

    private abstract static class OtherCommits implements EventStore {

        final EventStore store;

        private OtherCommits(EventStore store) {
            this.store = store;
        }

        @Override
        public Map<StreamId, List<EventEnvelope>> read(Map<StreamId, Long> after) {
            return store.read(after);
        }

        @Override
        public Set<StreamId> existing(Set<StreamId> streams) {
            return store.existing(streams);
        }

        @Override
        public Map<EventRef, EventEnvelope> stored(Set<EventRef> events) {
            return store.stored(events);
        }
    }

    private static final class Forgetful extends OtherCommits implements Outcomes {

        private final Outcomes outcomes;

        private Forgetful(Ports ports) {
            super(ports.store());
            this.outcomes = ports.outcomes();
        }

        @Override
        public Map<UUID, Outcome> find(Collection<UUID> commandIds) {
            return Map.of();
        }

        @Override
        public Map<UUID, UUID> holders(Collection<UUID> requestIds) {
            return outcomes.holders(requestIds);
        }

        @Override
        public void commit(Commit commit) throws Conflict {
            var fresh = new ArrayList<>(commit.outcomes());
            var settled = outcomes.find(fresh.stream().map(Outcome::commandId).toList());
            fresh.removeIf(outcome -> settled.containsKey(outcome.commandId()));
            store.commit(new Commit(commit.appends(), fresh, commit.deadlines()));
        }
    }

    private static final class TwoTransactions extends OtherCommits {

        private TwoTransactions(EventStore store) {
            super(store);
        }

        @Override
        public void commit(Commit commit) throws Conflict {
            store.commit(new Commit(commit.appends(), List.of(), commit.deadlines()));
            store.commit(new Commit(List.of(), commit.outcomes()));
        }
    }

    private static final class Hasty implements Checkpoints {

        private final Ports ports;
        private final List<EventEnvelope> due = new ArrayList<>();

        private Hasty(Ports ports) {
            this.ports = ports;
        }

        @Override
        public long load(String name) {
            return ports.checkpoints().load(name);
        }

        @Override
        public void save(String name, long position) {
            var events = List.copyOf(due);
            due.clear();
            ports.checkpoints().save(name, position);
            ports.eventBus().publish(events);
        }
    }

    private record Unkept(Deadlines deadlines) implements Deadlines {

        @Override
        public List<Scheduled> due(Instant now, Set<UUID> processes, int limit) {
            var due = deadlines.due(now, processes, limit);
            deadlines.delivered(due);
            return due;
        }

        @Override
        public void delivered(List<Scheduled> reached) {}
    }
}
