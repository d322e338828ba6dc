package dev.quadrille.standalone;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A task of an operator's at the running system, by the calls that anyone may make of it. */
abstract class OperatorTask {

    @Spec
    private CommandSpec spec;

    /**
     * The one word that has to stand behind the command.
     *
     * @param what is to be said, for who has said something else
     */
    final String one(GivenSettings given, String pattern, String what) {
        return only(given)
                .filter(word -> word.matches(pattern))
                .orElseThrow(
                        () -> new ParameterException(spec.commandLine(), "Say " + what + ", not " + given.words()));
    }

    /** The one word that may stand behind the command. */
    final Optional<String> only(GivenSettings given) {
        if (given.words().size() > 1) {
            throw new ParameterException(spec.commandLine(), "One at a time, not " + given.words());
        }
        return given.words().stream().findFirst();
    }

    /** Calls the running system, and answers what the calls do: with which code the program is to exit. */
    final int call(GivenSettings given, BiFunction<RunningSystem, PrintWriter, Integer> calls) {
        var out = spec.commandLine().getOut();
        try (var system = RunningSystem.of(StandaloneSettings.from(given.variables()))) {
            return calls.apply(system, out);
        } finally {
            out.flush();
        }
    }
}
