package dev.quadrille.testkit.simulation;

import dev.quadrille.kernel.Checkpoints;
import dev.quadrille.kernel.CommandBus;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.Commit;
import dev.quadrille.kernel.Conflict;
import dev.quadrille.kernel.Deadlines;
import dev.quadrille.kernel.EventBus;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.EventRef;
import dev.quadrille.kernel.EventStore;
import dev.quadrille.kernel.Feed;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.Outcomes;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.testkit.InMemoryStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** The servers as one actor reaches them: every call crosses a boundary; what goes to the broker, one for each message. */
final class Crossings implements EventStore, Outcomes, Deadlines, Feed, Checkpoints, CommandBus, EventBus {

    private final Simulation simulation;
    private final Actor actor;
    private final InMemoryStore store;
    private final Broker broker;

    Crossings(Simulation simulation, Actor actor, InMemoryStore store, Broker broker) {
        this.simulation = simulation;
        this.actor = actor;
        this.store = store;
        this.broker = broker;
    }

    @Override
    public Map<StreamId, List<EventEnvelope>> read(Map<StreamId, Long> after) {
        return simulation.cross(actor, "read", after.keySet(), () -> store.read(after));
    }

    @Override
    public Map<EventRef, EventEnvelope> stored(Set<EventRef> events) {
        return simulation.cross(actor, "find events", events, () -> store.stored(events));
    }

    @Override
    public Set<StreamId> existing(Set<StreamId> streams) {
        return simulation.cross(actor, "look up", streams, () -> store.existing(streams));
    }

    @Override
    public void commit(Commit commit) throws Conflict {
        simulation.cross(actor, "commit", commit, () -> {
            store.commit(commit);
            return simulation.commits.add(commit);
        });
    }

    @Override
    public Map<UUID, Outcome> find(Collection<UUID> commandIds) {
        return simulation.cross(actor, "find outcomes", commandIds, () -> store.find(commandIds));
    }

    @Override
    public Map<UUID, UUID> holders(Collection<UUID> requestIds) {
        return simulation.cross(actor, "find holders", requestIds, () -> store.holders(requestIds));
    }

    @Override
    public List<Scheduled> due(Instant now, Set<UUID> processes, int limit) {
        return simulation.cross(actor, "find deadlines", now, () -> store.due(now, processes, limit));
    }

    @Override
    public void delivered(List<Scheduled> deadlines) {
        simulation.cross(actor, "forget deadlines", deadlines, () -> {
            store.delivered(deadlines);
            return deadlines;
        });
    }

    @Override
    public List<Entry> after(long position, int limit) {
        return simulation.cross(actor, "follow the feed", position, () -> store.after(position, limit));
    }

    @Override
    public long load(String name) {
        return simulation.cross(actor, "load checkpoint", name, () -> store.load(name));
    }

    @Override
    public void save(String name, long position) {
        simulation.cross(actor, "save checkpoint", position, () -> {
            store.save(name, position);
            return position;
        });
    }

    @Override
    public void send(List<CommandEnvelope> commands) {
        publish(commands, broker::take);
    }

    @Override
    public void publish(List<EventEnvelope> events) {
        publish(events, broker::publish);
    }

    private <M> void publish(List<M> messages, Predicate<M> effect) {
        for (var message : messages) {
            simulation.cross(actor, "publish", message, () -> effect.test(message));
        }
        simulation.cross(actor, "confirm", messages.size(), () -> true);
    }
}
