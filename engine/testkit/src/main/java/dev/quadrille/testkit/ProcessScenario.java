package dev.quadrille.testkit;

import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventRef;
import dev.quadrille.kernel.Rejection;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.process.Deadline;
import dev.quadrille.kernel.process.Effect;
import dev.quadrille.kernel.process.Effect.Execute;
import dev.quadrille.kernel.process.Effect.Schedule;
import dev.quadrille.kernel.process.Input;
import dev.quadrille.kernel.process.Input.DeadlineReached;
import dev.quadrille.kernel.process.Input.Happened;
import dev.quadrille.kernel.process.ProcessManager;
import dev.quadrille.kernel.process.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.opentest4j.AssertionFailedError;

/**
 * What a process manager does about one input, told as an example: {@code given(manager, inputs…).when(input).then(effects…)}.
 * Inputs are events, deadlines and persons' wishes. Every scenario folds and asks twice, and expects the same; what a process
 * manager hears and does has to stand in its routes.
 */
public final class ProcessScenario<S> {

    private static final StreamId STREAM = new StreamId("testkit.scenario", "one");

    private final ProcessManager<S> manager;
    private final List<Object> past;
    private final Copier copier;

    private ProcessScenario(ProcessManager<S> manager, List<Object> past, Copier copier) {
        this.manager = manager;
        this.past = past;
        this.copier = copier;
    }

    /**
     * An instance that has handled these, in this order.
     *
     * @param inputs events, {@link Deadline}s and {@link Input.Person}s
     */
    public static <S> ProcessScenario<S> given(ProcessManager<S> manager, Object... inputs) {
        return new ProcessScenario<>(manager, List.of(inputs), Copier.NONE);
    }

    /** Has every event and command written and read by this codec; what is read must equal what was written. */
    public ProcessScenario<S> through(Codec codec) {
        return new ProcessScenario<>(manager, past, new Copier(codec));
    }

    /** The input that the example is about. */
    public When when(Object input) {
        return new When(input);
    }

    /** What became of it. */
    public final class When {

        private final Object input;

        private When(Object input) {
            this.input = input;
        }

        /** It does this, in this order. */
        public When then(Effect... effects) {
            compare("The answer", List.of(effects), react());
            compare("The answer when asked again", List.of(effects), react());
            return this;
        }

        /** It does nothing. */
        public When thenNothing() {
            return then();
        }

        /** It is shown like this from then on. */
        public When thenShows(Status status) {
            compare("What it shows", status, manager.status(fold(withInput())));
            return this;
        }

        /** It stays as it was. */
        public void thenStays() {
            thenNothing();
            compare("Its state", fold(past), fold(withInput()));
        }

        /** The wish is refused for this reason. */
        public void thenRefused(String reason) {
            var why = manager.refusal(fold(past), (Input.Person) input).map(Rejection::reason);
            compare("The refusal", Optional.of(reason), why);
        }

        private List<Object> withInput() {
            var all = new ArrayList<>(past);
            all.add(input);
            return all;
        }

        private List<Effect> react() {
            var all = withInput();
            var state = fold(all);
            compare("Its state when folded again", state, fold(all));
            if (input instanceof Input.Person wish) {
                compare("The refusal", Optional.empty(), manager.refusal(fold(past), wish));
            }
            return manager.react(state, at(all.size(), input)).stream()
                    .map(this::declared)
                    .toList();
        }

        private Effect declared(Effect effect) {
            return switch (effect) {
                case Execute(var command) -> {
                    require(manager.routes().commands().contains(command.getClass()), effect);
                    yield new Execute(copier.copy(Command.class, command));
                }
                case Schedule schedule -> {
                    require(
                            manager.routes()
                                    .deadlines()
                                    .contains(schedule.deadline().getClass()),
                            effect);
                    yield schedule;
                }
                case Effect.End end -> end;
            };
        }

        private void require(boolean declared, Effect effect) {
            compare("Whether its routes declare " + effect, true, declared);
        }

        private void compare(String what, Object expected, Object actual) {
            if (!Objects.equals(expected, actual)) {
                var text = """
                        %s is not as expected
                          given    %s
                          when     %s
                          expected %s
                          actual   %s""".formatted(what, past, input, expected, actual);
                throw new AssertionFailedError(text, expected, actual);
            }
        }
    }

    private S fold(List<Object> inputs) {
        var state = manager.initial();
        for (var i = 0; i < inputs.size(); i++) {
            state = manager.evolve(state, at(i + 1, inputs.get(i)));
        }
        return state;
    }

    private Input at(int place, Object input) {
        return switch (input) {
            case Input it -> it;
            case Deadline deadline -> new DeadlineReached(place, 0, deadline, Instant.EPOCH);
            case Event event -> happened(place, event);
            default ->
                throw new IllegalArgumentException("An input is an event, a deadline or a person's wish, not " + input);
        };
    }

    private Happened happened(int place, Event event) {
        if (manager.routes().instance(event).isEmpty()) {
            throw new IllegalArgumentException(
                    "No route of '" + manager.identity().name() + "' leads to an instance for " + event);
        }
        var id = UUID.nameUUIDFromBytes(("event " + place).getBytes(StandardCharsets.UTF_8));
        return new Happened(
                new EventRef(id, STREAM, place), event.getClass().getSimpleName(), copier.copy(Event.class, event));
    }
}
