package dev.quadrille.standalone;

import static java.util.stream.Collectors.joining;

import com.google.protobuf.Timestamp;
import dev.quadrille.proto.command.v1.Outcome;
import dev.quadrille.proto.command.v1.OutcomeStatus;
import dev.quadrille.proto.process.v1.ListProcessesRequest;
import dev.quadrille.proto.process.v1.Process;
import dev.quadrille.proto.process.v1.ProcessInput;
import dev.quadrille.proto.process.v1.ProcessStep;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What an operator sees of processes, and does about those that need it. */
@Command(
        name = "processes",
        description = "Lists processes, shows what one has done, has it try again, or acknowledges that it has failed.",
        mixinStandardHelpOptions = true)
final class ManagedProcesses extends OperatorTask {

    private static final String ID = "[0-9a-fA-F-]{36}";
    private static final List<String> HEADINGS = List.of("ID", "TYPE", "STATE", "IS", "SUBJECT", "SINCE");

    @Command(description = "Lists processes: list [<filters>]", mixinStandardHelpOptions = true)
    int list(
            @Mixin GivenSettings given,
            @Option(names = "--type", defaultValue = "", description = "Only this kind, such as document-voiding.")
                    String type,
            @Option(names = "--state", defaultValue = "", description = "Only in this state, such as VoidingRequested.")
                    String state,
            @Option(names = "--subject", defaultValue = "", description = "Only about this, such as a stream.")
                    String subject,
            @Option(names = "--attention", description = "Only those that are overdue, have failed or are stuck.")
                    boolean attention) {
        var request = ListProcessesRequest.newBuilder()
                .setType(type)
                .setState(state)
                .setSubject(subject)
                .setNeedsAttention(attention)
                .build();
        return call(given, (system, out) -> {
            var processes = new ProcessCalls(system).list(request);
            if (!processes.isEmpty()) {
                printTable(processes, out);
            }
            out.println(processes.isEmpty() ? "There is none." : processes.size() + " listed.");
            return 0;
        });
    }

    @Command(description = "Shows a process with all its steps: show <id>", mixinStandardHelpOptions = true)
    int show(@Mixin GivenSettings given) {
        var id = id(given);
        return call(given, (system, out) -> {
            var found = new ProcessCalls(system).get(id, "");
            printProcess(found.getProcess(), out);
            found.getHistoryList().forEach(step -> printStep(step, out));
            return 0;
        });
    }

    @Command(
            description = "Has a process ask once more for what it waits for: retry <id>",
            mixinStandardHelpOptions = true)
    int retry(@Mixin GivenSettings given) {
        return ask(given, ProcessCalls::retry);
    }

    @Command(
            description = "Takes note that a process has failed, which then ends: acknowledge <id>",
            mixinStandardHelpOptions = true)
    int acknowledge(@Mixin GivenSettings given) {
        return ask(given, ProcessCalls::acknowledge);
    }

    private int ask(GivenSettings given, BiFunction<ProcessCalls, String, Outcome> wish) {
        var id = id(given);
        return call(given, (system, out) -> {
            var calls = new ProcessCalls(system);
            var outcome = wish.apply(calls, id);
            if (outcome.getStatus() != OutcomeStatus.OUTCOME_STATUS_ACCEPTED) {
                out.println(outcome.getReason() + ": " + outcome.getMessage());
                return 1;
            }
            printTable(List.of(calls.get(id, outcome.getConsistencyToken()).getProcess()), out);
            return 0;
        });
    }

    private String id(GivenSettings given) {
        return one(given, ID, "the id of a process (./run processes list shows them)");
    }

    private static void printTable(List<Process> processes, PrintWriter out) {
        var rows = Stream.concat(
                        Stream.of(HEADINGS),
                        processes.stream()
                                .map(process -> List.of(
                                        process.getProcessId(),
                                        process.getType(),
                                        process.getState(),
                                        condition(process),
                                        process.getSubject(),
                                        time(process.getBeganAt()))))
                .toList();
        var widths = IntStream.range(0, HEADINGS.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        rows.forEach(row -> out.println(IntStream.range(0, widths.length)
                .mapToObj(column -> row.get(column)
                        + " ".repeat(widths[column] - row.get(column).length()))
                .collect(joining("  "))
                .stripTrailing()));
    }

    private static String condition(Process process) {
        if (process.getEnded()) {
            return "ended";
        }
        return Stream.of(
                        process.getOverdue() ? "overdue" : "",
                        process.getFailed() ? "failed" : "",
                        process.getStuckBecause().isEmpty() ? "" : "stuck")
                .filter(word -> !word.isEmpty())
                .collect(joining(", "));
    }

    private static void printProcess(Process process, PrintWriter out) {
        out.println(process.getProcessId() + "  " + process.getType());
        var condition = condition(process);
        printField("state", process.getState() + (condition.isEmpty() ? "" : ", " + condition), out);
        printField("subject", process.getSubject(), out);
        printField("waiting for", process.getWaitingFor(), out);
        printField("stuck because", process.getStuckBecause(), out);
        printField("correlation", process.getCorrelationId(), out);
        printField("since", time(process.getBeganAt()), out);
    }

    private static void printField(String name, String value, PrintWriter out) {
        if (!value.isEmpty()) {
            out.println("  " + name + ": " + value);
        }
    }

    private static void printStep(ProcessStep step, PrintWriter out) {
        out.println();
        out.println("%d. %s  %s".formatted(step.getNumber(), time(step.getTakenAt()), told(step.getInput())));
        step.getCommandsList()
                .forEach(command -> out.println("   command   %s to %s, %s"
                        .formatted(command.getType(), command.getStream(), command.getCommandId())));
        step.getDeadlinesList()
                .forEach(deadline -> out.println(
                        "   deadline  %s at %s".formatted(deadline.getType(), time(deadline.getScheduledFor()))));
        out.println("   state     " + step.getState() + (step.getEnded() ? ", ended" : ""));
    }

    private static String told(ProcessInput input) {
        return switch (input.getKind()) {
            case PROCESS_INPUT_KIND_EVENT ->
                "%s, %s version %d".formatted(input.getType(), input.getStream(), input.getVersion());
            case PROCESS_INPUT_KIND_DEADLINE ->
                "%s, due at %s".formatted(input.getType(), time(input.getScheduledFor()));
            case PROCESS_INPUT_KIND_ACKNOWLEDGEMENT -> "acknowledged by a person";
            case PROCESS_INPUT_KIND_RETRY -> "retry asked for by a person";
            case PROCESS_INPUT_KIND_UNSPECIFIED, UNRECOGNIZED -> "something newer than this program";
        };
    }

    private static String time(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString();
    }
}
