package dev.quadrille.testkit;

import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.Rejection;
import dev.quadrille.kernel.process.Deadline;
import dev.quadrille.kernel.process.Effect;
import dev.quadrille.kernel.process.Effect.End;
import dev.quadrille.kernel.process.Effect.Execute;
import dev.quadrille.kernel.process.Effect.Schedule;
import dev.quadrille.kernel.process.Input;
import dev.quadrille.kernel.process.ProcessManager;
import dev.quadrille.kernel.process.Status;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * What a process manager does about one input, told as an example: {@code given(manager, codec,
 * inputs…).when(input).then(effects…)}. Inputs are events, deadlines and persons' wishes.
 *
 * <p>Stricter than production: every message is what the codec has read of what it wrote; the inputs are folded twice and the
 * process manager asked twice, with the same result and without a state changing that was there before; what it hears and
 * does stands in its routes; its code reaches no clock, no chance and no environment ({@link Purity}). Then an instance is
 * hosted as in production, and every input comes twice, with the state made anew from the stored steps each time: it takes
 * the same steps, once. A deadline has to be one that a step before has scheduled. States are compared with {@code equals}.
 */
public final class ProcessScenario<S> {

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
     * @param codec writes and reads every message; it has to know them
     * @param inputs events, {@link Deadline}s and {@link Input.Person}s
     */
    public static <S> ProcessScenario<S> given(ProcessManager<S> manager, Codec codec, Object... inputs) {
        return new ProcessScenario<>(manager, List.of(inputs), new Copier(codec));
    }

    /** The input that the example is about. */
    public When when(Object input) {
        Purity.require(manager.getClass());
        return new When(input);
    }

    /** What became of it. */
    public final class When {

        private final Object input;
        private final Run before;

        private When(Object input) {
            this.input = input;
            this.before = new Run(past);
        }

        /** It does this, in this order. */
        public When then(Effect... effects) {
            var expected = List.of(effects);
            if (input instanceof Input.Person wish) {
                compare("The refusal", Optional.empty(), manager.refusal(before.state(), wish));
            }
            var after = after();
            compare("Its state when folded again", after.state(), fold(after.inputs()));
            compare("The answer", expected, declared(after.react()));
            compare("The answer when asked again", expected, after.react());
            compare(
                    "What the instance does that is hosted",
                    stored(expected),
                    after.hosted().effectsOfLast());
            return this;
        }

        /** It does nothing. */
        public When thenNothing() {
            return then();
        }

        /** It is shown like this from then on. */
        public When thenShows(Status status) {
            compare("What it shows", status, manager.status(after().state()));
            return this;
        }

        /** It stays as it was. */
        public void thenStays() {
            thenNothing();
            compare("Its state", before.state(), after().state());
        }

        /** The wish is refused for this reason. */
        public void thenRefused(String reason) {
            var wish = (Input.Person) input;
            compare(
                    "The refusal",
                    Optional.of(reason),
                    manager.refusal(before.state(), wish).map(Rejection::reason));
            if (before.hosted().hasBegun()) {
                compare(
                        "The refusal of the instance that is hosted",
                        Optional.of(reason),
                        before.hosted().refusal(wish));
            }
        }

        private Run after() {
            return new Run(Stream.concat(past.stream(), Stream.of(input)).toList());
        }

        /** As a step tells it: its commands, then its deadlines, which an end drops. */
        private static List<Effect> stored(List<Effect> effects) {
            var ended = effects.contains(new End());
            return Stream.of(Execute.class, Schedule.class, End.class)
                    .filter(kind -> !(ended && kind == Schedule.class))
                    .flatMap(kind ->
                            effects.stream().filter(kind::isInstance).limit(kind == End.class ? 1 : effects.size()))
                    .toList();
        }

        private List<Effect> declared(List<Effect> effects) {
            effects.forEach(effect -> {
                switch (effect) {
                    case Execute(var command) -> {
                        require(manager.routes().commands().contains(command.getClass()), effect);
                        copier.copy(Command.class, command);
                    }
                    case Schedule schedule ->
                        require(
                                manager.routes()
                                        .deadlines()
                                        .contains(schedule.deadline().getClass()),
                                effect);
                    case End _ -> {}
                }
            });
            return effects;
        }

        private void require(boolean declared, Effect effect) {
            compare("Whether its routes declare " + effect, true, declared);
        }

        private S fold(List<Input> inputs) {
            var folded = Folded.of(manager.initial(), inputs, manager::evolve);
            folded.changed().ifPresent(changed -> {
                throw failure("A state that was there before", changed.before(), changed.now(), "changed in place");
            });
            return folded.last();
        }

        private void compare(String what, @Nullable Object expected, @Nullable Object actual) {
            if (!Objects.equals(expected, actual)) {
                throw failure(what, expected, actual, String.valueOf(before.state()));
            }
        }

        private AssertionFailedError failure(
                String what, @Nullable Object expected, @Nullable Object actual, String state) {
            var text = """
                    %s is not as expected
                      given    %s
                      state    %s
                      when     %s
                      expected %s
                      actual   %s""".formatted(what, past, state, input, expected, actual);
            return new AssertionFailedError(text, expected, actual);
        }

        /** Inputs as an instance that is hosted has handled them, and the state that they make. */
        private final class Run {

            private final RehearsedProcess hosted = new RehearsedProcess(manager, copier.codec());
            private final List<Input> inputs;
            private final S state;

            private Run(List<Object> told) {
                inputs = hosted.handle(told);
                state = fold(inputs);
            }

            RehearsedProcess hosted() {
                return hosted;
            }

            List<Input> inputs() {
                return inputs;
            }

            S state() {
                return state;
            }

            List<Effect> react() {
                return manager.react(state, inputs.getLast());
            }
        }
    }
}
