package dev.quadrille.testkit;

import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.CommandHandler;
import dev.quadrille.kernel.DerivedId;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Feed;
import dev.quadrille.kernel.Handler;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.Policies;
import dev.quadrille.kernel.Policy;
import dev.quadrille.kernel.Relay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A whole system on one thread: command handler, store, relay and policies as in production, between buses that are
 * lists. The same calls have the same result to the last id; time stands still until {@link #clock()} is moved.
 */
public final class InMemorySystem {

    /** How often a bus delivers what it was given. */
    public enum Delivery {
        ONCE(1),
        /** As after a consumer's crash: a whole batch again, in order. */
        TWICE(2);

        private final int times;

        Delivery(int times) {
            this.times = times;
        }
    }

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final UUID COMMANDS = UUID.fromString("2f1d8f0a-55f6-4b8e-8a52-6f2f4d6c1b00");
    private static final String TRACEPARENT = "00-00000000000000000000000000000001-0000000000000001-00";
    private static final int BATCH = 100;

    private final InMemoryStore store = new InMemoryStore();
    private final HeldClock clock = new HeldClock(START);
    private final List<CommandEnvelope> commands = new ArrayList<>();
    private final List<EventEnvelope> events = new ArrayList<>();
    private final Codec codec;
    private final Delivery delivery;
    private final CommandHandler handler;
    private final Policies policies;
    private final Relay relay;
    private int issued;

    public InMemorySystem(
            List<? extends Aggregate<?, ?, ?>> aggregates, List<Policy<?>> policies, Codec codec, Delivery delivery) {
        this.codec = codec;
        this.delivery = delivery;
        this.handler = new CommandHandler(store, store, codec, aggregates, clock);
        this.policies = new Policies(policies, codec, commands::addAll, clock);
        this.relay = new Relay("relay", store, store, events::addAll, BATCH);
    }

    /**
     * Sends a command and runs until nothing is in flight.
     *
     * @return its id
     */
    public UUID send(Command command) {
        var id = enqueue(command);
        run();
        return id;
    }

    /**
     * Leaves a command on the bus, for {@link #run()} to handle together with others.
     *
     * @return its id
     */
    public UUID enqueue(Command command) {
        var id = DerivedId.of(COMMANDS, ++issued);
        var lineage = new Lineage(id, id, TRACEPARENT);
        commands.add(new CommandEnvelope(id, null, command.stream(), clock.instant(), lineage, codec.encode(command)));
        return id;
    }

    /**
     * Delivers until nothing is in flight.
     *
     * @throws AssertionError if a message fails
     */
    public void run() {
        while (!commands.isEmpty()) {
            deliver(commands, handler);
            while (relay.next() > 0) {
                deliver(events, policies);
            }
        }
    }

    private <M> void deliver(List<M> queue, Handler<M> consumer) {
        var batch = List.copyOf(queue);
        queue.clear();
        for (var time = 1; time <= delivery.times; time++) {
            var failed = consumer.handle(batch).failed();
            if (!failed.isEmpty()) {
                var first = failed.getFirst();
                throw new AssertionError("Could not be handled: " + first.message(), first.reason());
            }
        }
    }

    /** All events so far, in the order of the feed. */
    public List<Event> events() {
        return recorded().stream()
                .map(event -> (Event) codec.decode(event.message()))
                .toList();
    }

    /** All events so far as they were stored, in the order of the feed. */
    public List<EventEnvelope> recorded() {
        return store.after(0, Integer.MAX_VALUE).stream().map(Feed.Entry::event).toList();
    }

    /**
     * What became of a command.
     *
     * @throws NoSuchElementException if it has not been handled
     */
    public Outcome outcome(UUID commandId) {
        return Optional.ofNullable(store.find(Set.of(commandId)).get(commandId)).orElseThrow();
    }

    /** The clock by which everything here happens. */
    public HeldClock clock() {
        return clock;
    }
}
