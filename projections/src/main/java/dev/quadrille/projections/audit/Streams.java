package dev.quadrille.projections.audit;

import static dev.quadrille.projections.audit.AuditQueries.unlessTooLong;
import static java.util.stream.Collectors.toSet;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.quadrille.json.JsonCodec;
import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.EventRef;
import dev.quadrille.kernel.EventStore;
import dev.quadrille.kernel.Linking;
import dev.quadrille.kernel.UnreadableMessage;
import dev.quadrille.kernel.process.ProcessId;
import dev.quadrille.kernel.process.ProcessManager;
import dev.quadrille.kernel.process.ProcessStepTaken;
import dev.quadrille.proto.audit.v1.StreamEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Streams event by event, with the state that each event leaves. */
final class Streams {

    private final EventStore store;
    private final JsonCodec codec;
    private final Map<String, Aggregate<?, ?, ?>> aggregates;
    private final Map<UUID, ProcessManager<?>> managers;

    Streams(
            EventStore store,
            JsonCodec codec,
            List<Aggregate<?, ?, ?>> aggregates,
            List<ProcessManager<?>> processManagers) {
        this.store = store;
        this.codec = codec;
        this.aggregates = aggregates.stream().collect(toUnmodifiableMap(Aggregate::category, aggregate -> aggregate));
        this.managers = processManagers.stream()
                .collect(toUnmodifiableMap(manager -> manager.identity().key(), manager -> manager));
    }

    /**
     * The events of a stream as they are to be shown, made as they are taken.
     *
     * @param events from the first one on
     * @param first the version of the first to be shown
     */
    Stream<StreamEvent> shown(List<EventEnvelope> events, long first) {
        var read = events.stream().map(this::read).toList();
        var linked = linked(read);
        var before = (int) Math.min(first - 1, events.size());
        var unfolding = new Unfolding(beginning(events.getFirst().stream().category()));
        unfolding.add(() -> read.subList(0, before).stream()
                .map(event -> linked(event, linked))
                .toList());
        return events.subList(before, events.size()).stream().map(event -> {
            unfolding.add(() -> List.of(linked(read.get((int) event.version() - 1), linked)));
            return shown(event, unfolding.state());
        });
    }

    private StreamEvent shown(EventEnvelope event, @Nullable Object state) {
        var shown = StreamEvent.newBuilder().setEvent(AuditQueries.shown(event));
        if (state != null) {
            shown.setState(unlessTooLong(codec.show(state)))
                    .setStateType(state.getClass().getSimpleName());
        }
        return shown.build();
    }

    /** Null for one that can't be read. */
    private @Nullable Event read(EventEnvelope event) {
        try {
            return codec.decode(event.message()) instanceof Event read ? read : null;
        } catch (UnreadableMessage unreadable) {
            return null;
        }
    }

    private Map<EventRef, Event> linked(List<@Nullable Event> events) {
        var links = events.stream()
                .filter(Linking.class::isInstance)
                .flatMap(event -> ((Linking) event).links().stream())
                .collect(toSet());
        var linked = new HashMap<EventRef, Event>();
        store.stored(links).forEach((link, event) -> {
            var read = read(event);
            if (read != null) {
                linked.put(link, read);
            }
        });
        return linked;
    }

    private static Event linked(@Nullable Event event, Map<EventRef, Event> linked) {
        if (event == null) {
            throw new UnreadableMessage("An event of the stream can't be read");
        }
        return event instanceof Linking linking ? (Event) linking.linked(linked) : event;
    }

    /** Null if streams of this category have no state. */
    private @Nullable Point beginning(String category) {
        if (category.equals(ProcessId.CATEGORY)) {
            return new NoStep(managers);
        }
        var aggregate = aggregates.get(category);
        return aggregate == null ? null : initial(aggregate);
    }

    private static <S, E extends Event> Point initial(Aggregate<?, S, E> aggregate) {
        return new OfAggregate<>(aggregate, aggregate.decider().initial());
    }

    /** The state on its way through a stream; unknown for good behind an event that can't be read or does not follow. */
    private static final class Unfolding {

        private @Nullable Point point;

        Unfolding(@Nullable Point beginning) {
            this.point = beginning;
        }

        void add(Supplier<List<Event>> events) {
            if (point != null) {
                try {
                    point = point.after(events.get());
                } catch (RuntimeException unknown) {
                    point = null;
                }
            }
        }

        @Nullable
        Object state() {
            return point == null ? null : point.state();
        }
    }

    /** Somewhere in a stream. */
    private sealed interface Point {

        Point after(List<Event> events);

        @Nullable
        Object state();
    }

    private record OfAggregate<S, E extends Event>(Aggregate<?, S, E> aggregate, S state) implements Point {
        @Override
        public Point after(List<Event> events) {
            var next = aggregate
                    .decider()
                    .fold(state, events.stream().map(aggregate.events()::cast).toList());
            return new OfAggregate<>(aggregate, next);
        }
    }

    /** The first step tells which process manager it is of. */
    private record NoStep(Map<UUID, ProcessManager<?>> managers) implements Point {
        @Override
        public Point after(List<Event> events) {
            if (events.isEmpty()) {
                return this;
            }
            var manager = managers.get(((ProcessStepTaken) events.getFirst()).process());
            if (manager == null) {
                throw new UnreadableMessage("No such process manager is known here");
            }
            return initial(manager).after(events);
        }

        private static <S> Point initial(ProcessManager<S> manager) {
            return new OfProcess<>(manager, manager.initial());
        }

        @Override
        public @Nullable Object state() {
            return null;
        }
    }

    private record OfProcess<S>(ProcessManager<S> manager, S state) implements Point {
        @Override
        public Point after(List<Event> events) {
            var next = state;
            for (var event : events) {
                next = manager.evolve(next, ((ProcessStepTaken) event).input());
            }
            return new OfProcess<>(manager, next);
        }
    }
}
