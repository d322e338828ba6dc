package dev.quadrille.testkit;

import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.Policy;
import java.util.List;
import org.opentest4j.AssertionFailedError;

/**
 * What a set of policies answers to one event, told as an example: {@code whenever(policies, event).then(commands…)}.
 * Every scenario asks twice and expects the same.
 */
public final class PolicyScenario {

    private final List<Policy<?>> policies;
    private final Event event;
    private final Copier copier;

    private PolicyScenario(List<Policy<?>> policies, Event event, Copier copier) {
        this.policies = policies;
        this.event = event;
        this.copier = copier;
    }

    /**
     * This event, told to all of these policies.
     *
     * @param codec writes and reads every message; it has to know them
     */
    public static PolicyScenario whenever(List<Policy<?>> policies, Codec codec, Event event) {
        return new PolicyScenario(policies, event, new Copier(codec));
    }

    /** These commands, in the order of the policies. */
    public void then(Command... commands) {
        var happened = copier.copy(Event.class, event);
        compare("The answer", List.of(commands), answers(happened));
        compare("The answer when asked again", List.of(commands), answers(happened));
    }

    /** No command. */
    public void thenNothing() {
        then();
    }

    private List<Command> answers(Event happened) {
        return policies.stream()
                .<Command>flatMap(policy -> policy.react(happened).stream())
                .map(command -> copier.copy(Command.class, command))
                .toList();
    }

    private void compare(String what, List<Command> expected, List<Command> actual) {
        if (!expected.equals(actual)) {
            var text = """
                    %s is not as expected
                      whenever %s
                      expected %s
                      actual   %s""".formatted(what, event, expected, actual);
            throw new AssertionFailedError(text, expected, actual);
        }
    }
}
