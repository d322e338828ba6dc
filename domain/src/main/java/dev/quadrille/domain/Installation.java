package dev.quadrille.domain;

import dev.quadrille.billing.Billing;
import dev.quadrille.catering.Catering;
import dev.quadrille.demo.Demo;
import dev.quadrille.financing.Financing;
import dev.quadrille.json.JsonCodec;
import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.MessageTypes;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.kernel.Policy;
import dev.quadrille.kernel.process.ProcessManager;
import dev.quadrille.kernel.process.Processes;
import dev.quadrille.parking.InterventionId;
import dev.quadrille.parking.Parking;
import dev.quadrille.postgres.PostgresSettings;
import dev.quadrille.rabbitmq.BrokerSettings;
import dev.quadrille.rabbitmq.QueueType;
import dev.quadrille.rabbitmq.Topology;
import dev.quadrille.reports.Reports;
import dev.quadrille.shell.Variables;
import dev.quadrille.voiding.Voiding;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the services of one installation have in common: which contexts there are, how their messages are written, which
 * queues carry them, and the variables that say where the servers are. One definition, so that whichever service starts
 * first declares every queue, and no event is published before everyone who must hear it has one.
 */
public final class Installation {

    /** How long Reports has to answer a voiding, unless said otherwise. */
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    /** Every context, with what may be set as it is unless said otherwise. */
    public static final List<Context> CONTEXTS = contexts(processes(ANSWER_WITHIN, Set.of()), Duration.ZERO);

    /** The names of those that processes may host apart from each other, see {@link DomainSettings}. */
    static final List<String> CONTEXTS_APART = CONTEXTS.stream()
            .map(Context::name)
            .filter(context -> !context.equals(Parking.CONTEXT))
            .toList();

    /** Every process manager. */
    public static final List<ProcessManager<?>> PROCESS_MANAGERS =
            processes(ANSWER_WITHIN, Set.of()).managers();

    /** The names of all process managers. */
    static final List<String> PROCESSES =
            PROCESS_MANAGERS.stream().map(manager -> manager.identity().name()).toList();

    private Installation() {}

    /**
     * Every process manager.
     *
     * @param disabled the names of those that don't run
     */
    static Processes processes(Duration answerWithin, Set<String> disabled) {
        return new Processes(processManagers(answerWithin), disabled);
    }

    private static List<ProcessManager<?>> processManagers(Duration answerWithin) {
        return Stream.of(Voiding.processManagers(answerWithin), Catering.processManagers())
                .<ProcessManager<?>>flatMap(List::stream)
                .toList();
    }

    /**
     * Every context.
     *
     * @param pause how long processes pause before each step as long as nobody has switched that
     * @throws IllegalArgumentException if they don't fit together
     */
    static List<Context> contexts(Processes processes, Duration pause) {
        var contexts = List.of(
                new Context(Financing.CONTEXT, Financing.messageTypes(), Financing.aggregates(), Financing.policies()),
                new Context(Billing.CONTEXT, Billing.messageTypes(), Billing.aggregates(), List.of()),
                new Context(Reports.CONTEXT, Reports.messageTypes(), Reports.aggregates(), Reports.policies()),
                new Context(Catering.CONTEXT, Catering.messageTypes(), Catering.aggregates(), List.of()),
                new Context(
                        Processes.CONTEXT,
                        Processes.messageTypes().registerAll(Voiding.messageTypes()),
                        List.of(processes.aggregate()),
                        List.of(processes.policy())),
                new Context(Demo.CONTEXT, Demo.messageTypes(), Demo.aggregates(pause), List.of()),
                new Context(Parking.CONTEXT, Parking.messageTypes(), Parking.aggregates(), List.of()));
        processes.check(aggregates(contexts), policies(contexts), messageTypes(contexts));
        return contexts;
    }

    /** Reads and writes the messages of every context. */
    public static JsonCodec codec() {
        return new JsonCodec(messageTypes(), new MoneyModule());
    }

    /** The stable names of every message of every context. */
    public static MessageTypes messageTypes() {
        return messageTypes(CONTEXTS);
    }

    private static MessageTypes messageTypes(List<Context> contexts) {
        var all = new MessageTypes();
        contexts.forEach(context -> all.registerAll(context.messageTypes()));
        return all;
    }

    /** Every aggregate of every context: what is changed by commands, and whose events are on the bus. */
    public static List<Aggregate<?, ?, ?>> aggregates() {
        return aggregates(CONTEXTS);
    }

    private static List<Policy<?>> policies(List<Context> contexts) {
        return contexts.stream()
                .<Policy<?>>flatMap(context -> context.policies().stream())
                .toList();
    }

    static List<Aggregate<?, ?, ?>> aggregates(List<Context> contexts) {
        return contexts.stream()
                .<Aggregate<?, ?, ?>>flatMap(context -> context.aggregates().stream())
                .toList();
    }

    /** Every queue of every service: {@code PARTITIONS}, 16, and {@code QUEUE_TYPE}, classic. */
    public static Topology topology(Variables variables) {
        return Topology.over(new Partitions(variables.partitions()), variables.choice("QUEUE_TYPE", QueueType.CLASSIC))
                .commands(Financing.CONTEXT)
                .policies(Financing.CONTEXT, Financing.CONTEXT)
                .integration(Financing.CONTEXT, "registering.*")
                .commands(Billing.CONTEXT)
                .commands(Reports.CONTEXT)
                .policies(Reports.CONTEXT, Billing.CONTEXT)
                .commands(Catering.CONTEXT)
                .commands(Processes.CONTEXT)
                .policies(Processes.CONTEXT, Processes.CONTEXT)
                .events(
                        "inputs." + Processes.CONTEXT,
                        Billing.CONTEXT + ".*.*",
                        Reports.CONTEXT + ".*.*",
                        Catering.CONTEXT + ".*.*")
                .commands(Demo.CONTEXT)
                .commands(Parking.CONTEXT)
                .eventsInOne("interventions.domain", InterventionId.CATEGORY + ".#")
                .eventsInOne("interventions.projections", InterventionId.CATEGORY + ".#")
                .projections();
    }

    /** The broker at {@code AMQP_URL}, a local one unless said otherwise. */
    public static BrokerSettings broker(Variables variables, String service) {
        return BrokerSettings.of(variables.amqpUrl().toString(), service);
    }

    /**
     * The event store at {@code POSTGRES_URL}, as {@code POSTGRES_USER} with {@code POSTGRES_PASSWORD}; a local one
     * unless said otherwise.
     */
    public static PostgresSettings eventStore(Variables variables, String service) {
        return PostgresSettings.of(
                variables.text("POSTGRES_URL", "jdbc:postgresql://127.0.0.1:5432/quadrille"),
                variables.text("POSTGRES_USER", "postgres"),
                variables.text("POSTGRES_PASSWORD", ""),
                service);
    }
}
