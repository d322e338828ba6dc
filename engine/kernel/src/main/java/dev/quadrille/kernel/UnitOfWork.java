package dev.quadrille.kernel;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one batch of commands has read, has decided so far and is about to write. */
final class UnitOfWork {

    private final Codec codec;
    private final Map<String, Aggregate<?, ?, ?>> aggregates;
    private final Instant now;
    private final Map<UUID, Tried<Wish>> wishes = new HashMap<>();
    private final Map<StreamId, Tried<List<Object>>> histories = new HashMap<>();
    private final Map<StreamId, UUID> correlations = new HashMap<>();
    private final Map<EventRef, Event> linked = new HashMap<>();
    private final Set<StreamId> existing;
    private final Map<UUID, UUID> requestHolders;
    private final Map<StreamId, Instance<?, ?, ?>> instances = new LinkedHashMap<>();
    private final Set<StreamId> recorded;
    private final List<Append> rejections = new ArrayList<>();
    private final Map<UUID, Outcome> decided = new LinkedHashMap<>();
    private final List<Deadlines.Change> deadlines = new ArrayList<>();

    /** A command as it was read, and the streams whose existence its decision depends on. */
    private record Wish(Command command, Set<StreamId> lookups) {}

    /** @param recorded streams of rejections that are known to be in the store */
    UnitOfWork(
            List<CommandEnvelope> due,
            Set<StreamId> recorded,
            EventStore store,
            Outcomes outcomes,
            Codec codec,
            Map<String, Aggregate<?, ?, ?>> aggregates,
            InstantSource clock) {
        this.recorded = recorded;
        this.codec = codec;
        this.aggregates = aggregates;
        this.now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        due.forEach(envelope -> wishes.putIfAbsent(envelope.id(), Tried.of(() -> wish(envelope))));
        store.read(due.stream().map(CommandEnvelope::stream).distinct().collect(toMap(identity(), _ -> 0L)))
                .forEach((stream, history) -> {
                    histories.put(
                            stream,
                            Tried.of(() -> history.stream()
                                    .map(event -> codec.decode(event.message()))
                                    .toList()));
                    history.stream()
                            .findFirst()
                            .ifPresent(first ->
                                    correlations.put(stream, first.lineage().correlationId()));
                });
        requestHolders = new HashMap<>(outcomes.holders(due.stream()
                .map(CommandEnvelope::requestId)
                .filter(Objects::nonNull)
                .collect(toSet())));
        existing = new HashSet<>(store.existing(wishes.values().stream()
                .flatMap(Tried::stream)
                .flatMap(wish -> wish.lookups().stream())
                .collect(toSet())));
        follow(store);
    }

    private Wish wish(CommandEnvelope envelope) {
        var command = read(envelope);
        return new Wish(command, lookups(aggregateOf(envelope), command));
    }

    private static <C extends Command> Set<StreamId> lookups(Aggregate<C, ?, ?> aggregate, Command command) {
        return aggregate.decider().lookups(aggregate.commands().cast(command));
    }

    /** Reads what commands and histories refer to. */
    private void follow(EventStore store) {
        var links = Stream.concat(
                        wishes.values().stream().flatMap(Tried::stream).map(Wish::command),
                        histories.values().stream().flatMap(Tried::stream).flatMap(List::stream))
                .filter(Linking.class::isInstance)
                .flatMap(message -> ((Linking) message).links().stream())
                .collect(toSet());
        if (!links.isEmpty()) {
            store.stored(links)
                    .forEach((link, event) -> Tried.of(() -> (Event) codec.decode(event.message())).stream()
                            .forEach(read -> linked.put(link, read)));
        }
    }

    private Object withLinked(Object message) {
        return message instanceof Linking linking ? linking.linked(linked) : message;
    }

    /**
     * Decides one command on the state that the earlier ones of the batch have left.
     *
     * @throws RuntimeException if the command can't be read or our own code fails; the unit of work is as before
     */
    void decide(CommandEnvelope envelope) {
        if (decided.containsKey(envelope.id())) {
            return;
        }
        var command = (Command)
                withLinked(requireNonNull(wishes.get(envelope.id())).get().command());
        var holder = envelope.requestId() == null ? null : requestHolders.get(envelope.requestId());
        if (holder != null && !holder.equals(envelope.id())) {
            var reused = new Rejection(
                    CommandHandler.REQUEST_ID_REUSED,
                    "The request id " + envelope.requestId() + " was used for another request, command " + holder);
            settle(envelope, null, reject(envelope, command, reused));
            return;
        }
        var instance = instances.get(envelope.stream());
        if (instance == null) {
            var history = requireNonNull(histories.get(envelope.stream())).get();
            instance = new Instance<>(
                    aggregateOf(envelope),
                    envelope.stream(),
                    history.stream().map(this::withLinked).toList());
            instances.put(envelope.stream(), instance);
        }
        var verdict = switch (instance.decide(command, existing)) {
            case Decision.Accepted<? extends Event>(var events) -> accept(envelope, instance, events);
            case Decision.Rejected<? extends Event>(var why) -> reject(envelope, command, why);
        };
        settle(envelope, envelope.requestId(), verdict);
    }

    /** Rejects one command that nobody will decide. It may be unreadable. */
    void discard(CommandEnvelope envelope, String why) {
        if (decided.containsKey(envelope.id())) {
            return;
        }
        var request = envelope.requestId();
        var holdsItsRequest = request != null
                && requestHolders.getOrDefault(request, envelope.id()).equals(envelope.id());
        settle(
                envelope,
                holdsItsRequest ? request : null,
                reject(envelope, readable(envelope), new Rejection(CommandHandler.DISCARDED, why)));
    }

    private @Nullable Command readable(CommandEnvelope envelope) {
        return requireNonNull(wishes.get(envelope.id())).stream()
                .map(Wish::command)
                .findFirst()
                .orElse(null);
    }

    private Outcome.Verdict accept(CommandEnvelope envelope, Instance<?, ?, ?> instance, List<? extends Event> events) {
        var recorded = new ArrayList<EventEnvelope>();
        for (var event : events) {
            var lineage = event instanceof Scheduling ? ofItsProcess(envelope) : envelope.lineage();
            var version = instance.version() + recorded.size() + 1;
            var stored = record(envelope, lineage, envelope.stream(), version, event);
            recorded.add(stored);
            if (event instanceof Scheduling scheduling) {
                schedule(stored, scheduling);
            }
        }
        instance.append(events, recorded);
        if (!events.isEmpty()) {
            existing.add(envelope.stream());
        }
        return new Outcome.Accepted(new StreamVersion(envelope.stream(), instance.version()), events.size());
    }

    private void schedule(EventEnvelope stored, Scheduling event) {
        if (event.ended()) {
            deadlines.add(new Deadlines.Change.Drop(stored.stream()));
            return;
        }
        var index = 0;
        for (var moment : event.moments()) {
            deadlines.add(new Deadlines.Change.Schedule(new Deadlines.Scheduled(
                    stored.stream(),
                    stored.version(),
                    index++,
                    event.process(),
                    moment.from(now),
                    stored.lineage().causedBy(stored.id()))));
        }
    }

    private Outcome.Verdict reject(CommandEnvelope envelope, @Nullable Command command, Rejection why) {
        var stream = CommandRejected.streamOf(envelope.stream().context(), envelope.id());
        var rejected = new CommandRejected(
                envelope.id(), envelope.message().type(), envelope.stream(), why.reason(), why.message(), command);
        if (!recorded.contains(stream)) {
            rejections.add(new Append(stream, 0, List.of(record(envelope, envelope.lineage(), stream, 1, rejected))));
        }
        return new Outcome.Rejected(why, new StreamVersion(stream, 1));
    }

    /** Whoever asks something of a process later, all that follows belongs to what began it. */
    private Lineage ofItsProcess(CommandEnvelope envelope) {
        var own = envelope.lineage();
        return new Lineage(
                correlations.computeIfAbsent(envelope.stream(), _ -> own.correlationId()),
                own.causationId(),
                own.traceparent());
    }

    private EventEnvelope record(CommandEnvelope cause, Lineage lineage, StreamId stream, long version, Event event) {
        return new EventEnvelope(
                DerivedId.of(cause.id(), stream, version),
                stream,
                version,
                now,
                lineage.causedBy(cause.id()),
                codec.encode(event));
    }

    private void settle(CommandEnvelope envelope, @Nullable UUID requestId, Outcome.Verdict verdict) {
        if (requestId != null) {
            requestHolders.put(requestId, envelope.id());
        }
        decided.put(
                envelope.id(),
                new Outcome(
                        envelope.id(),
                        requestId,
                        envelope.message().type(),
                        envelope.lineage().correlationId(),
                        now,
                        verdict));
    }

    private Command read(CommandEnvelope envelope) {
        var aggregate = aggregateOf(envelope);
        var message = codec.decode(envelope.message());
        if (!aggregate.commands().isInstance(message)) {
            throw new UnreadableMessage(
                    envelope.message().type() + " is not a command that " + envelope.stream() + " decides");
        }
        var command = aggregate.commands().cast(message);
        if (!command.stream().equals(envelope.stream())) {
            throw new UnreadableMessage(envelope.message().type() + " " + envelope.id() + " is for " + command.stream()
                    + " but was sent to " + envelope.stream());
        }
        return command;
    }

    private Aggregate<?, ?, ?> aggregateOf(CommandEnvelope envelope) {
        var aggregate = aggregates.get(envelope.stream().category());
        if (aggregate == null) {
            throw new UnreadableMessage("No aggregate of category '"
                    + envelope.stream().category() + "' is hosted here, only " + aggregates.keySet());
        }
        return aggregate;
    }

    /** Every stream that was decided on, with its condition, and every rejection: rejections compare versions too. */
    Commit toCommit() {
        var appends = Stream.concat(instances.values().stream().map(Instance::toAppend), rejections.stream());
        return new Commit(appends.toList(), List.copyOf(decided.values()), deadlines);
    }

    /** One aggregate as the batch sees it: loaded, and changed by the batch's commands so far. */
    private static final class Instance<C extends Command, S, E extends Event> {

        private final Aggregate<C, S, E> aggregate;
        private final StreamId stream;
        private final long loadedVersion;
        private final List<EventEnvelope> appended = new ArrayList<>();
        private S state;

        private Instance(Aggregate<C, S, E> aggregate, StreamId stream, List<?> history) {
            this.aggregate = aggregate;
            this.stream = stream;
            this.loadedVersion = history.size();
            this.state = aggregate
                    .decider()
                    .fold(
                            aggregate.decider().initial(),
                            history.stream().map(aggregate.events()::cast).toList());
        }

        Decision<E> decide(Command command, Set<StreamId> existing) {
            return aggregate.decider().decide(state, aggregate.commands().cast(command), existing);
        }

        void append(List<? extends Event> events, List<EventEnvelope> recorded) {
            state = aggregate
                    .decider()
                    .fold(state, events.stream().map(aggregate.events()::cast).toList());
            appended.addAll(recorded);
        }

        long version() {
            return loadedVersion + appended.size();
        }

        Append toAppend() {
            return new Append(stream, loadedVersion, appended);
        }
    }
}
