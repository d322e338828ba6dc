package dev.quadrille.testkit.simulation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.CommandHandler;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.Policies;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.StreamVersion;
import dev.quadrille.kernel.process.ProcessCommand;
import dev.quadrille.kernel.process.ProcessCommand.HandleEvent;
import dev.quadrille.kernel.process.ProcessCommand.ReachDeadline;
import dev.quadrille.kernel.process.ProcessRouter;
import dev.quadrille.kernel.process.ProcessStepTaken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What holds at rest in every system on this engine, whatever happened on the way. */
final class Laws {

    private Laws() {}

    static final Map<String, Consumer<Simulation>> OF_THE_ENGINE = ofTheEngine();

    private static Map<String, Consumer<Simulation>> ofTheEngine() {
        var laws = new LinkedHashMap<String, Consumer<Simulation>>();
        laws.put("every command that the broker took has one outcome (P1, P2)", Laws::everyCommandHasOneOutcome);
        laws.put("a command has recorded what its outcome says, and once (P2)", Laws::everyCommandHasOneEffect);
        laws.put("of the commands under one request id one is decided (P2)", Laws::everyRequestIsDecidedOnce);
        laws.put("a stream's commands are settled in the order in which the broker took them (P3)", Laws::inOrder);
        laws.put("every event reaches the bus, those of a stream in order (P4)", Laws::everyEventReachesTheBus);
        laws.put(
                "every event is answered by the policies, a stream's in order, and nothing else (P5)",
                Laws::everyEventIsAnswered);
        laws.put("every event is told to the processes that hear it, a stream's in order (P5)", Laws::everyEventIsTold);
        laws.put(
                "every deadline of a process that has not ended is delivered, when it is due and not before (P8)",
                Laws::deadlinesAreKept);
        return laws;
    }

    private static void everyCommandHasOneOutcome(Simulation system) {
        assertThat(outcomes(system))
                .extracting(Outcome::commandId)
                .containsExactlyInAnyOrderElementsOf(
                        taken(system).map(CommandEnvelope::id).toList());
    }

    private static void everyCommandHasOneEffect(Simulation system) {
        var recorded = system.recorded().stream()
                .collect(groupingBy(event -> event.lineage().causationId(), mapping(Laws::version, toList())));
        var told = outcomes(system)
                .flatMap(outcome -> written(outcome.verdict()).map(at -> Map.entry(outcome.commandId(), at)))
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
        assertThat(recorded).isEqualTo(told);
    }

    private static Stream<StreamVersion> written(Outcome.Verdict verdict) {
        return switch (verdict) {
            case Outcome.Rejected(var _, var recorded) -> Stream.of(recorded);
            case Outcome.Accepted(StreamVersion(var stream, var version), var events) ->
                LongStream.rangeClosed(version - events + 1, version).mapToObj(at -> new StreamVersion(stream, at));
        };
    }

    private static void everyRequestIsDecidedOnce(Simulation system) {
        var reused = outcomes(system)
                .filter(outcome -> outcome.verdict() instanceof Outcome.Rejected(var why, var _)
                        && why.reason().equals(CommandHandler.REQUEST_ID_REUSED))
                .map(Outcome::commandId)
                .toList();
        var requests = taken(system)
                .filter(command -> command.requestId() != null)
                .collect(groupingBy(CommandEnvelope::requestId, mapping(CommandEnvelope::id, toList())));
        assertThat(requests.values()).allSatisfy(commands -> {
            var decided = new ArrayList<>(commands);
            decided.removeAll(reused);
            assertThat(decided).hasSize(1);
        });
    }

    private static void inOrder(Simulation system) {
        var taken = taken(system).collect(groupingBy(CommandEnvelope::stream, mapping(CommandEnvelope::id, toList())));
        var settled = outcomes(system).map(Outcome::commandId).distinct().toList();
        assertThat(taken.values()).allSatisfy(commands -> {
            var inTurn = new ArrayList<>(settled);
            inTurn.retainAll(new HashSet<>(commands));
            assertThat(inTurn).isEqualTo(commands);
        });
    }

    private static void everyEventReachesTheBus(Simulation system) {
        var first = system.broker().events.stream().distinct().toList();
        assertThat(byStream(first)).isEqualTo(byStream(system.recorded()));
    }

    private static Map<StreamId, List<EventEnvelope>> byStream(List<EventEnvelope> events) {
        return events.stream().collect(groupingBy(EventEnvelope::stream));
    }

    private static void everyEventIsAnswered(Simulation system) {
        var due = new ArrayList<CommandEnvelope>();
        new Policies(system.simulator().policies(), system.codec(), due::addAll, () -> Instant.EPOCH)
                .handle(system.recorded());
        var answers = unasked(system).filter(command -> !is(system, ProcessCommand.class, command));
        assertThat(bySource(system, answers)).isEqualTo(bySource(system, due.stream()));
    }

    private static void everyEventIsTold(Simulation system) {
        var due = new ArrayList<CommandEnvelope>();
        new ProcessRouter(
                        system.simulator().processes(),
                        system.store(),
                        system.codec(),
                        due::addAll,
                        () -> Instant.EPOCH,
                        _ -> {})
                .handle(system.recorded());
        var told = unasked(system).filter(command -> is(system, HandleEvent.class, command));
        assertThat(bySource(system, told)).isEqualTo(bySource(system, due.stream()));
    }

    private static Stream<CommandEnvelope> unasked(Simulation system) {
        return taken(system).filter(command -> command.requestId() == null);
    }

    private static boolean is(Simulation system, Class<?> type, CommandEnvelope command) {
        return type.isInstance(system.codec().decode(command.message()));
    }

    private static void deadlinesAreKept(Simulation system) {
        var scheduled = new HashSet<ReachDeadline>();
        var ended = new HashSet<StreamId>();
        for (var event : system.recorded()) {
            if (system.codec().decode(event.message()) instanceof ProcessStepTaken step) {
                for (var index = 0; index < step.deadlines().size(); index++) {
                    var due = step.deadlines().get(index).due().from(event.recordedAt());
                    scheduled.add(new ReachDeadline(step.processId(), event.version(), index, due));
                }
                if (step.ended()) {
                    ended.add(event.stream());
                }
            }
        }
        var told = taken(system)
                .filter(command -> is(system, ReachDeadline.class, command))
                .map(command -> (ReachDeadline) system.codec().decode(command.message()))
                .toList();
        assertThat(told).doesNotHaveDuplicates().isSubsetOf(scheduled);
        scheduled.removeAll(told);
        assertThat(scheduled).allMatch(untold -> ended.contains(untold.stream()));
    }

    /** Each stream's answers; those that answer no event are put to what they are sent to. */
    private static Map<StreamId, List<Answer>> bySource(Simulation system, Stream<CommandEnvelope> answers) {
        var sources = system.recorded().stream().collect(toMap(EventEnvelope::id, EventEnvelope::stream));
        return answers.collect(groupingBy(
                answer -> sources.getOrDefault(answer.lineage().causationId(), answer.stream()),
                mapping(Answer::of, toList())));
    }

    /** A policy's command but for the time, which is another one whenever the event comes again. */
    private record Answer(UUID id, StreamId stream, Lineage lineage, Message message) {

        private static Answer of(CommandEnvelope command) {
            return new Answer(command.id(), command.stream(), command.lineage(), command.message());
        }
    }

    private static StreamVersion version(EventEnvelope event) {
        return new StreamVersion(event.stream(), event.version());
    }

    /** In the order in which they were recorded. */
    private static Stream<Outcome> outcomes(Simulation system) {
        return system.commits.stream().flatMap(commit -> commit.outcomes().stream());
    }

    /** Each command once, in the order in which the broker has first taken it. */
    private static Stream<CommandEnvelope> taken(Simulation system) {
        var seen = new HashSet<UUID>();
        return system.broker().commands.stream().filter(command -> seen.add(command.id()));
    }
}
