package dev.quadrille.domain;

import dev.quadrille.kernel.process.Processes;
import dev.quadrille.postgres.PostgresSettings;
import dev.quadrille.rabbitmq.BrokerSettings;
import dev.quadrille.rabbitmq.Topology;
import dev.quadrille.shell.Variables;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/**
 * What the domain is set up with; its text holds no password.
 *
 * @param outcomesKept {@code OUTCOMES_KEPT}, for how long the outcome of a command can be asked for, 30 days
 * @param answerWithin {@code VOIDING_ANSWER_WITHIN}, how long Reports has to answer a voiding before it is overdue, 30 s
 * @param pause {@code SLOW_DOWN}, how long processes pause before each step as long as nobody has switched that, 0 s
 * @param processes {@code PROCESSES}, the names of the process managers that run, all of {@link Installation#PROCESSES}
 * @param contexts {@code CONTEXTS}, those hosted here, all of {@link Installation#CONTEXTS_APART}
 */
record DomainSettings(
        PostgresSettings eventStore,
        BrokerSettings broker,
        Topology topology,
        Duration outcomesKept,
        Duration answerWithin,
        Duration pause,
        List<String> processes,
        List<String> contexts) {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    static DomainSettings from(Variables variables) {
        return new DomainSettings(
                Installation.eventStore(variables, "domain"),
                Installation.broker(variables, "domain"),
                Installation.topology(variables),
                variables.duration("OUTCOMES_KEPT", Duration.ofDays(30), Duration.ofHours(1)),
                variables.duration("VOIDING_ANSWER_WITHIN", Installation.ANSWER_WITHIN, Duration.ofMillis(1)),
                variables.duration("SLOW_DOWN", Duration.ZERO, Duration.ZERO, LONGEST_PAUSE),
                variables.some("PROCESSES", Installation.PROCESSES),
                variables.some("CONTEXTS", Installation.CONTEXTS_APART));
    }

    /** Whether a context is hosted here; one that can't be hosted apart is hosted everywhere. */
    boolean hosts(String context) {
        return contexts.contains(context) || !Installation.CONTEXTS_APART.contains(context);
    }

    /** The process managers, of which those run that are to. */
    Processes processManagers() {
        var disabled = new HashSet<>(Installation.PROCESSES);
        disabled.removeAll(processes);
        return Installation.processes(answerWithin, disabled);
    }

    @Override
    public String toString() {
        return "event store " + eventStore + ", broker " + broker + ", "
                + topology.partitions().count() + " partitions, outcomes kept " + outcomesKept.toDays()
                + " days, answers to voidings within " + answerWithin.toMillis() + " ms, a pause of " + pause.toMillis()
                + " ms per step, processes " + processes + ", contexts " + contexts;
    }
}
