package dev.quadrille.testkit;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.quadrille.kernel.Append;
import dev.quadrille.kernel.Checkpoints;
import dev.quadrille.kernel.Commit;
import dev.quadrille.kernel.Conflict;
import dev.quadrille.kernel.Deadlines;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.EventRef;
import dev.quadrille.kernel.EventStore;
import dev.quadrille.kernel.Feed;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.Outcomes;
import dev.quadrille.kernel.Parking;
import dev.quadrille.kernel.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a system stores, in memory, held to the same contracts as the real thing. One lock stands for the
 * transaction, so it is safe to share between threads; nothing outlives the object.
 */
public final class InMemoryStore implements EventStore, Outcomes, Deadlines, Feed, Checkpoints, Parking {

    private final List<Entry> feed = new ArrayList<>();
    private final Map<StreamId, List<EventEnvelope>> streams = new HashMap<>();
    private final Map<UUID, Outcome> outcomes = new HashMap<>();
    private final Map<UUID, UUID> holders = new HashMap<>();
    private final Map<String, Long> checkpoints = new HashMap<>();
    private final Map<UUID, Place> parked = new LinkedHashMap<>();
    private final Set<Scheduled> deadlines = new LinkedHashSet<>();
    private long parkedSoFar;

    @Override
    public synchronized Map<StreamId, List<EventEnvelope>> read(Map<StreamId, Long> after) {
        var found = new HashMap<StreamId, List<EventEnvelope>>();
        after.forEach((stream, version) -> found.put(
                stream,
                events(stream).stream()
                        .filter(event -> event.version() > version)
                        .toList()));
        return found;
    }

    @Override
    public synchronized Map<EventRef, EventEnvelope> stored(Set<EventRef> wanted) {
        return wanted.stream()
                .flatMap(ref -> events(ref.stream()).stream()
                        .filter(event -> event.ref().equals(ref)))
                .collect(toMap(EventEnvelope::ref, identity()));
    }

    @Override
    public synchronized Set<StreamId> existing(Set<StreamId> among) {
        var begun = new HashSet<>(among);
        begun.retainAll(streams.keySet());
        return begun;
    }

    @Override
    public synchronized void commit(Commit commit) throws Conflict {
        for (var append : commit.appends()) {
            refuseIfMoved(append);
        }
        refuseIfSettled(commit.outcomes());
        for (var append : commit.appends()) {
            append.events().forEach(this::append);
        }
        commit.outcomes().forEach(this::record);
        commit.deadlines().forEach(this::change);
    }

    private void change(Change change) {
        switch (change) {
            case Change.Schedule(var deadline) -> deadlines.add(deadline);
            case Change.Drop(var stream) ->
                deadlines.removeIf(deadline -> deadline.stream().equals(stream));
        }
    }

    @Override
    public synchronized List<Scheduled> due(Instant now, Set<UUID> processes, int limit) {
        return deadlines.stream()
                .filter(deadline -> !deadline.scheduledFor().isAfter(now) && processes.contains(deadline.process()))
                .sorted(comparing(Scheduled::scheduledFor))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void delivered(List<Scheduled> reached) {
        reached.forEach(deadlines::remove);
    }

    /** When the next deadline is due, if one is scheduled. */
    public synchronized Optional<Instant> nextDeadline() {
        return deadlines.stream().map(Scheduled::scheduledFor).min(naturalOrder());
    }

    private void refuseIfMoved(Append append) throws Conflict {
        if (events(append.stream()).size() != append.expectedVersion()) {
            throw Conflict.moved(append.stream(), append.expectedVersion());
        }
    }

    private void refuseIfSettled(List<Outcome> recording) throws Conflict {
        var commands = new HashSet<>(outcomes.keySet());
        var requests = new HashSet<>(holders.keySet());
        for (var outcome : recording) {
            if (!commands.add(outcome.commandId())) {
                throw Conflict.settled("Command " + outcome.commandId() + " has an outcome");
            }
            if (outcome.requestId() != null && !requests.add(outcome.requestId())) {
                throw Conflict.settled("Request id " + outcome.requestId() + " is held by an outcome");
            }
        }
    }

    private void append(EventEnvelope event) {
        streams.computeIfAbsent(event.stream(), _ -> new ArrayList<>()).add(event);
        feed.add(new Entry(feed.size() + 1L, event));
    }

    private void record(Outcome outcome) {
        outcomes.put(outcome.commandId(), outcome);
        if (outcome.requestId() != null) {
            holders.put(outcome.requestId(), outcome.commandId());
        }
    }

    private List<EventEnvelope> events(StreamId stream) {
        return streams.getOrDefault(stream, List.of());
    }

    @Override
    public synchronized Map<UUID, Outcome> find(Collection<UUID> commandIds) {
        return those(outcomes, commandIds);
    }

    @Override
    public synchronized Map<UUID, UUID> holders(Collection<UUID> requestIds) {
        return those(holders, requestIds);
    }

    private static <V> Map<UUID, V> those(Map<UUID, V> all, Collection<UUID> ids) {
        var found = new HashMap<UUID, V>();
        for (var id : ids) {
            var value = all.get(id);
            if (value != null) {
                found.put(id, value);
            }
        }
        return found;
    }

    @Override
    public synchronized List<Entry> after(long position, int limit) {
        // Positions are 1, 2, 3 …
        var from = (int) Math.min(position, feed.size());
        return List.copyOf(feed.subList(from, (int) Math.min((long) from + limit, feed.size())));
    }

    @Override
    public synchronized long load(String name) {
        return checkpoints.getOrDefault(name, 0L);
    }

    @Override
    public synchronized void save(String name, long position) {
        checkpoints.put(name, position);
    }

    @Override
    public synchronized void park(Parked message) {
        parked.computeIfAbsent(message.id(), _ -> new Place(++parkedSoFar, message));
    }

    @Override
    public synchronized boolean parkBehind(Parked message) {
        var closed = closedKeys(message.consumer()).contains(message.key());
        if (closed) {
            park(message);
        }
        return closed;
    }

    @Override
    public synchronized Set<String> closedKeys(String consumer) {
        return those(Filter.key(consumer, ""))
                .map(Place::parked)
                .map(Parked::key)
                .filter(key -> !key.isEmpty())
                .collect(toSet());
    }

    @Override
    public synchronized boolean holds(String messageId) {
        return parked.values().stream()
                .anyMatch(place -> place.parked().messageId().equals(messageId));
    }

    @Override
    public synchronized Map<String, Parked> firstOf(Set<String> correlations) {
        return those(Filter.ALL)
                .map(place -> place.parked().inShort())
                .filter(message -> correlations.contains(message.correlation()))
                .collect(toMap(Parked::correlation, identity(), (first, _) -> first));
    }

    @Override
    public synchronized Optional<Place> first(Filter filter) {
        return those(filter).findFirst();
    }

    @Override
    public synchronized List<Place> list(Filter filter, long after, int limit) {
        return those(filter)
                .filter(place -> place.number() > after)
                .limit(limit)
                .map(place -> new Place(place.number(), place.parked().inShort()))
                .toList();
    }

    @Override
    public synchronized List<Parked> foremost(Filter filter) {
        return those(filter)
                .filter(this::isForemost)
                .map(place -> place.parked().inShort())
                .toList();
    }

    @Override
    public synchronized List<Parked> leftBehind() {
        return foremost(Filter.ALL).stream().filter(Parked::waitsBehind).toList();
    }

    private boolean isForemost(Place place) {
        var key = place.parked().key();
        return key.isEmpty()
                || those(Filter.key(place.parked().consumer(), key)).findFirst().equals(Optional.of(place));
    }

    private Stream<Place> those(Filter filter) {
        return parked.values().stream()
                .filter(place -> (filter.id() == null
                                || filter.id().equals(place.parked().id()))
                        && matches(filter.consumer(), place.parked().consumer())
                        && matches(filter.key(), place.parked().key())
                        && matches(
                                filter.fingerprint(), place.parked().failure().fingerprint())
                        && matches(filter.correlation(), place.parked().correlation()));
    }

    private static boolean matches(String wanted, String actual) {
        return wanted.isEmpty() || wanted.equals(actual);
    }

    @Override
    public synchronized void failed(UUID id, Failure again) {
        change(id, it -> with(it, again, it.discarded()));
    }

    @Override
    public synchronized void discard(UUID id, String why) {
        change(id, it -> with(it, it.failure(), Objects.requireNonNullElse(it.discarded(), why)));
    }

    @Override
    public synchronized void finish(UUID id) {
        parked.remove(id);
    }

    private void change(UUID id, UnaryOperator<Parked> change) {
        parked.computeIfPresent(id, (_, place) -> new Place(place.number(), change.apply(place.parked())));
    }

    private static Parked with(Parked it, Failure failure, @Nullable String discarded) {
        return new Parked(
                it.id(),
                it.consumer(),
                it.messageId(),
                it.key(),
                it.type(),
                it.correlation(),
                failure,
                discarded,
                it.headers(),
                it.body(),
                it.parkedAt());
    }

    /** Everything parked, in the order of parking. */
    public synchronized List<Parked> parked() {
        return those(Filter.ALL).map(Place::parked).toList();
    }
}
