package dev.quadrille.testkit.simulation;

import static java.util.stream.Collectors.toSet;

import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.CommandHandler;
import dev.quadrille.kernel.Commit;
import dev.quadrille.kernel.DerivedId;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Feed;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.kernel.Policies;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.Unavailable;
import dev.quadrille.kernel.process.ProcessRouter;
import dev.quadrille.testkit.InMemoryStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A whole system on one thread: command handlers, policies and relayers as in production, two of each, between a store
 * and a broker in memory. What happens to them and in which order is up to a {@link Fate}; the same fate has the same
 * result, to the last id. Made by a {@link Simulator}; for one thread.
 */
public final class Simulation {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final UUID REQUESTS = UUID.fromString("2f1d8f0a-55f6-4b8e-8a52-6f2f4d6c1b00");
    private static final Partitions PARTITIONS = new Partitions(2);
    private static final int INSTANCES = 2;

    /** How many actors may stand still at a time, each in the middle of a step of the one before. */
    private static final int DEPTH = 3;

    /** How many steps others do at most while one stands still. */
    private static final int STEPS = 40;

    /** How many boundaries are crossed at most until something late is done. */
    private static final int LATEST = 20;

    /** How many steps a command may set off, with whatever goes wrong, until the system must be at rest. */
    private static final int STEPS_OF_A_COMMAND = 1_000;

    private final Simulator simulator;
    private final Codec codec;
    private final Fate fate;
    private final Consumer<Supplier<String>> trace;
    private final InMemoryStore store = new InMemoryStore();
    private final Broker broker;
    private final List<Actor> actors = new ArrayList<>();
    private final Client client = new Client(this);
    private final List<Late> late = new ArrayList<>();
    private Instant now = START;
    private int requests;
    private int standing;
    private @Nullable String unavailable;

    /** How often a boundary was about to be crossed, or had been. */
    int boundaries;

    /** How often what went wrong there. */
    final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

    /** What was committed, in that order. */
    final List<Commit> commits = new ArrayList<>();

    /** @param trace told whatever happens, in words that are not made unless they are asked for */
    Simulation(Simulator simulator, Fate fate, Consumer<Supplier<String>> trace) {
        this.simulator = simulator;
        this.codec = new ReadOnce(simulator.codec());
        this.fate = fate;
        this.trace = trace;
        this.broker = new Broker(
                PARTITIONS,
                simulator.aggregates().stream()
                        .map(aggregate -> new StreamId(aggregate.category(), "any").context())
                        .collect(toSet()),
                !simulator.processes().managers().isEmpty());
        InstantSource clock = this::instant;
        actors.add(client);
        for (var instance = 1; instance <= INSTANCES; instance++) {
            for (var partition = 0; partition < PARTITIONS.count(); partition++) {
                var name = "." + partition + "/" + instance;
                actors.add(new Worker<>(
                        "commands" + name,
                        this,
                        broker.commandQueues.get(partition),
                        ports -> new CommandHandler(
                                ports.store(), ports.outcomes(), codec, simulator.aggregates(), clock)));
                actors.add(new Worker<>(
                        "policies" + name,
                        this,
                        broker.eventQueues.get(partition),
                        ports -> new Policies(simulator.policies(), codec, ports.commandBus(), clock)));
            }
            actors.add(new Relayer("relayer/" + instance, this, store));
            if (!broker.processQueues.isEmpty()) {
                addProcesses(instance, clock);
            }
        }
    }

    private void addProcesses(int instance, InstantSource clock) {
        for (var partition = 0; partition < PARTITIONS.count(); partition++) {
            actors.add(new Worker<>(
                    "processes." + partition + "/" + instance,
                    this,
                    broker.processQueues.get(partition),
                    ports -> new ProcessRouter(
                            simulator.processes(), ports.store(), codec, ports.commandBus(), clock, _ -> {})));
        }
        actors.add(new DeadlineClock("deadlines/" + instance, this, store, clock));
    }

    /**
     * Sends a command and runs until nothing is in flight.
     *
     * @return its id
     * @throws BrokenLaw if a message can't be handled, or the system does not come to rest
     */
    public UUID send(Command command) {
        var id = enqueue(command);
        run();
        return id;
    }

    /**
     * Has a client send a command as soon as it is its turn.
     *
     * @return its id
     */
    public UUID enqueue(Command command) {
        var request = DerivedId.of(REQUESTS, fate.whim() ? fate.upTo(requests + 1) : ++requests);
        var message = codec.encode(command);
        var id = DerivedId.of(request, message.type(), message.body());
        client.enqueue(new CommandEnvelope(id, request, command.stream(), instant(), Lineage.begunBy(id), message));
        return id;
    }

    /**
     * Runs until nothing is in flight.
     *
     * @throws BrokenLaw if a message can't be handled, or the system does not come to rest
     */
    public void run() {
        var steps = STEPS_OF_A_COMMAND * (requests + 1);
        if (!run(steps)) {
            throw new BrokenLaw(
                    "the system comes to rest",
                    new AssertionError("Not within " + steps + " steps; last unavailable: " + unavailable));
        }
    }

    private boolean run(int steps) {
        for (var step = 0; step < steps; step++) {
            var ready = actors.stream()
                    .filter(actor -> !actor.busy && actor.ready())
                    .toList();
            if (!ready.isEmpty()) {
                step(fate.oneOf(ready));
            } else if (!late.isEmpty()) {
                takeEffect(late.getFirst());
            } else if (store.nextDeadline().isPresent()) {
                now = store.nextDeadline().get();
            } else {
                return true;
            }
        }
        return false;
    }

    private void step(Actor actor) {
        actor.busy = true;
        try {
            actor.step();
        } catch (Unavailable away) {
            unavailable = away.getMessage();
            trace.accept(() -> actor + " tries again later: " + away.getMessage());
        } catch (Crash crash) {
            trace.accept(() -> actor + " is started again");
            actor.restart();
        } finally {
            actor.busy = false;
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

    Simulator simulator() {
        return simulator;
    }

    Codec codec() {
        return codec;
    }

    Fate fate() {
        return fate;
    }

    InMemoryStore store() {
        return store;
    }

    Broker broker() {
        return broker;
    }

    Ports portsOf(Actor actor) {
        var crossings = new Crossings(this, actor, store, broker);
        return simulator.wired(new Ports(crossings, crossings, crossings, crossings, crossings, crossings, crossings));
    }

    /** The time as it is, without looking at the clock. */
    Instant now() {
        return now;
    }

    private Instant instant() {
        now = now.plus(fate.drift());
        return now;
    }

    /** What a call does to the world, and its answer. */
    @FunctionalInterface
    interface Effect<T, X extends Exception> {
        T take() throws X;
    }

    private record Late(int due, String what, Effect<?, ?> effect) {}

    /** Lets an actor have an effect, before and after which everything may go wrong. */
    <T, X extends Exception> T cross(Actor actor, String what, Object about, Effect<T, X> effect) throws X {
        befall(actor, "before", what, () -> late.add(new Late(boundaries + fate.upTo(LATEST), what, effect)));
        var answer = effect.take();
        trace.accept(() -> "%s: %s %s".formatted(actor, what, about));
        befall(actor, "after", what, () -> {});
        return answer;
    }

    private void befall(Actor actor, String when, String what, Runnable postpone) {
        boundaries++;
        late.stream().filter(effect -> effect.due <= boundaries).toList().forEach(this::takeEffect);
        fate.fault().ifPresent(fault -> {
            faults.merge(fault, 1, Integer::sum);
            trace.accept(() -> "%s: %s %s %s".formatted(actor, fault, when, what));
            switch (fault) {
                case CRASH -> throw new Crash();
                case UNAVAILABLE -> throw new Unavailable(when + " " + what, null);
                case LATE -> {
                    postpone.run();
                    throw new Unavailable(when + " " + what, null);
                }
                case PAUSE -> standStill(actor);
                case TAKEN_FOR_DEAD -> {
                    actor.takenForDead();
                    standStill(actor);
                }
            }
        });
    }

    private void takeEffect(Late effect) {
        late.remove(effect);
        try {
            effect.effect.take();
            trace.accept(() -> effect.what + " that was asked for before is done");
        } catch (Exception refused) {
            trace.accept(() -> effect.what + " that was asked for before is refused: " + refused.getMessage());
        }
    }

    private void standStill(Actor actor) {
        if (standing < DEPTH) {
            standing++;
            run(fate.upTo(STEPS));
            standing--;
            trace.accept(() -> actor + " goes on");
        }
    }
}
