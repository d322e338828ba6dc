package dev.quadrille.kernel;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

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
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one batch of commands has read, has decided so far and is about to write. */
final class UnitOfWork {

    private final Codec codec;
    private final Map<String, Aggregate<?, ?, ?>> aggregates;
    private final InstantSource clock;
    private final Map<UUID, Supplier<Command>> commands = new HashMap<>();
    private final Map<StreamId, List<EventEnvelope>> histories;
    private final Set<StreamId> existing;
    private final Map<UUID, UUID> requestHolders;
    private final Map<StreamId, Instance<?, ?, ?>> instances = new LinkedHashMap<>();
    private final Set<StreamId> recorded;
    private final List<Append> rejections = new ArrayList<>();
    private final Map<UUID, Outcome> decided = new LinkedHashMap<>();

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
        this.clock = clock;
        histories =
                store.read(due.stream().map(CommandEnvelope::stream).distinct().collect(toMap(identity(), _ -> 0L)));
        requestHolders = new HashMap<>(outcomes.holders(due.stream()
                .map(CommandEnvelope::requestId)
                .filter(Objects::nonNull)
                .collect(toSet())));
        existing =
                new HashSet<>(store.existing(due.stream().flatMap(this::lookups).collect(toSet())));
    }

    private Stream<StreamId> lookups(CommandEnvelope envelope) {
        try {
            var command = read(envelope);
            var lookups = lookups(aggregateOf(envelope), command);
            commands.putIfAbsent(envelope.id(), () -> command);
            return lookups.stream();
        } catch (RuntimeException fault) {
            commands.putIfAbsent(envelope.id(), () -> {
                throw fault;
            });
            return Stream.empty();
        }
    }

    private static <C extends Command> Set<StreamId> lookups(Aggregate<C, ?, ?> aggregate, Command command) {
        return aggregate.decider().lookups(aggregate.commands().cast(command));
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
        var command = requireNonNull(commands.get(envelope.id())).get();
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
            instance = new Instance<>(
                    aggregateOf(envelope),
                    envelope.stream(),
                    histories.getOrDefault(envelope.stream(), List.of()),
                    codec);
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
        try {
            return requireNonNull(commands.get(envelope.id())).get();
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    private Outcome.Verdict accept(CommandEnvelope envelope, Instance<?, ?, ?> instance, List<? extends Event> events) {
        var recorded = new ArrayList<EventEnvelope>();
        for (var event : events) {
            recorded.add(record(envelope, envelope.stream(), instance.version() + recorded.size() + 1, event));
        }
        instance.append(events, recorded);
        if (!events.isEmpty()) {
            existing.add(envelope.stream());
        }
        return new Outcome.Accepted(new StreamVersion(envelope.stream(), instance.version()), events.size());
    }

    private Outcome.Verdict reject(CommandEnvelope envelope, @Nullable Command command, Rejection why) {
        var stream = CommandRejected.streamOf(envelope.stream().context(), envelope.id());
        var rejected = new CommandRejected(
                envelope.id(), envelope.message().type(), envelope.stream(), why.reason(), why.message(), command);
        if (!recorded.contains(stream)) {
            rejections.add(new Append(stream, 0, List.of(record(envelope, stream, 1, rejected))));
        }
        return new Outcome.Rejected(why, new StreamVersion(stream, 1));
    }

    private EventEnvelope record(CommandEnvelope cause, StreamId stream, long version, Event event) {
        return new EventEnvelope(
                DerivedId.of(cause.id(), stream, version),
                stream,
                version,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                cause.lineage().causedBy(cause.id()),
                codec.encode(event));
    }

    private void settle(CommandEnvelope envelope, @Nullable UUID requestId, Outcome.Verdict verdict) {
        if (requestId != null) {
            requestHolders.put(requestId, envelope.id());
        }
        decided.put(
                envelope.id(),
                new Outcome(envelope.id(), requestId, clock.instant().truncatedTo(ChronoUnit.MICROS), verdict));
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
        return new Commit(appends.toList(), List.copyOf(decided.values()));
    }

    /** One aggregate as the batch sees it: loaded, and changed by the batch's commands so far. */
    private static final class Instance<C extends Command, S, E extends Event> {

        private final Aggregate<C, S, E> aggregate;
        private final StreamId stream;
        private final long loadedVersion;
        private final List<EventEnvelope> appended = new ArrayList<>();
        private S state;

        private Instance(Aggregate<C, S, E> aggregate, StreamId stream, List<EventEnvelope> history, Codec codec) {
            this.aggregate = aggregate;
            this.stream = stream;
            this.loadedVersion = history.size();
            this.state = aggregate
                    .decider()
                    .fold(
                            aggregate.decider().initial(),
                            history.stream()
                                    .map(event -> aggregate.events().cast(codec.decode(event.message())))
                                    .toList());
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
