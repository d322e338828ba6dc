package dev.quadrille.kernel;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Decides commands and stores what follows: events, outcome and rejection in one transaction, once for each command id
 * (P2), on a state whose version is compared as it is stored (P3). A batch is one transaction, with the result of
 * handling its commands one by one: each stands or falls alone.
 *
 * <p>Safe to share between threads; two that meet on a stream race, and one of them decides again.
 */
public final class CommandHandler implements Handler<CommandEnvelope> {

    /** The reason under which a request is rejected whose id belongs to another request. */
    public static final String REQUEST_ID_REUSED = "REQUEST_ID_REUSED";

    /** The reason under which a command is rejected that an operator has given up. */
    public static final String DISCARDED = "DISCARDED";

    /** How often a batch loses a race before a contended stream is held back from it. */
    static final int ATTEMPTS = 5;

    private final EventStore store;
    private final Outcomes outcomes;
    private final Codec codec;
    private final Map<String, Aggregate<?, ?, ?>> aggregates;
    private final InstantSource clock;

    /**
     * Handles the commands of these aggregates.
     *
     * @throws IllegalArgumentException if two aggregates have the same category
     */
    public CommandHandler(
            EventStore store,
            Outcomes outcomes,
            Codec codec,
            List<? extends Aggregate<?, ?, ?>> aggregates,
            InstantSource clock) {
        this.store = store;
        this.outcomes = outcomes;
        this.codec = codec;
        this.aggregates = aggregates.stream()
                .collect(toMap(Aggregate::category, aggregate -> aggregate, CommandHandler::refuseSecond));
        this.clock = clock;
    }

    private static Aggregate<?, ?, ?> refuseSecond(Aggregate<?, ?, ?> one, Aggregate<?, ?, ?> other) {
        throw new IllegalArgumentException("Two aggregates have the category '" + one.category() + "': "
                + one.commands() + " and " + other.commands() + "; give each its own");
    }

    /**
     * Handles commands in order. Those that have an outcome already are finished without effect; those of a stream on
     * which the race was lost too often come back as held.
     */
    @Override
    public Handled<CommandEnvelope> handle(List<CommandEnvelope> batch) {
        return settle(batch, UnitOfWork::decide);
    }

    /** Rejects a command as {@link #DISCARDED}, which is announced, so that sagas compensate; unless it has an outcome. */
    @Override
    public void discard(CommandEnvelope command, String why) {
        var left = settle(List.of(command), (work, discarded) -> work.discard(discarded, why));
        left.failed().forEach(fault -> {
            throw fault.reason();
        });
        if (!left.held().isEmpty()) {
            throw new Unavailable("Others decide on " + command.stream() + " all the time", null);
        }
    }

    private Handled<CommandEnvelope> settle(
            List<CommandEnvelope> batch, BiConsumer<UnitOfWork, CommandEnvelope> settling) {
        var streams = batch.stream().map(CommandEnvelope::stream).collect(toSet());
        var contended = new HashSet<StreamId>();
        var recorded = new HashSet<StreamId>();
        for (var attempt = 1; ; attempt++) {
            try {
                return settleAndCommit(batch, settling, contended, recorded);
            } catch (Conflict lost) {
                var moved = lost.stream().map(Set::of).orElse(streams);
                if (!streams.containsAll(moved)) {
                    // Not an aggregate but a rejection, which has outlived its outcome.
                    recorded.addAll(moved);
                } else if (attempt >= ATTEMPTS) {
                    contended.addAll(moved);
                }
            }
        }
    }

    private Handled<CommandEnvelope> settleAndCommit(
            List<CommandEnvelope> batch,
            BiConsumer<UnitOfWork, CommandEnvelope> settling,
            Set<StreamId> contended,
            Set<StreamId> recorded)
            throws Conflict {
        var settled = outcomes.find(batch.stream().map(CommandEnvelope::id).collect(toSet()))
                .keySet();
        var due = batch.stream()
                .filter(command -> !settled.contains(command.id()))
                .filter(command -> !contended.contains(command.stream()))
                .toList();
        var work = new UnitOfWork(due, recorded, store, outcomes, codec, aggregates, clock);
        var handled = Handled.oneByOne(due, CommandEnvelope::stream, command -> settling.accept(work, command));
        store.commit(work.toCommit());
        var held = batch.stream()
                .filter(command ->
                        contended.contains(command.stream()) || handled.held().contains(command))
                .toList();
        return new Handled<>(held, handled.failed());
    }
}
