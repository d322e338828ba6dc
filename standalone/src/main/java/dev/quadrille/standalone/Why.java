package dev.quadrille.standalone;

import static dev.quadrille.standalone.RunningSystem.within;
import static java.util.stream.Collectors.joining;

import com.google.protobuf.Timestamp;
import dev.quadrille.proto.audit.v1.CausalNode;
import dev.quadrille.proto.audit.v1.GetCausalTreeRequest;
import dev.quadrille.proto.audit.v1.GetCausalTreeResponse;
import dev.quadrille.proto.audit.v1.QueryServiceGrpc;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What an operator asks when something has happened that nobody expected, or has not. */
@Command(
        name = "why",
        description = {
            "Prints all that one command has begun: why <id>",
            "The id is that of any event, command or process in it.",
            "Where a process has answered several commands, all of them are shown."
        },
        mixinStandardHelpOptions = true)
final class Why extends OperatorTask implements Callable<Integer> {

    private static final String ID = "[0-9a-fA-F-]{36}";
    private static final String NO_TIME = " ".repeat(12);

    @Mixin
    private GivenSettings given;

    @Override
    public Integer call() {
        var id = one(given, ID, "the id of an event, a command or a process");
        return call(given, (system, out) -> {
            print(
                    within(QueryServiceGrpc.newBlockingStub(system.queries()))
                            .getCausalTree(
                                    GetCausalTreeRequest.newBuilder().setId(id).build()),
                    id,
                    out);
            return 0;
        });
    }

    private static void print(GetCausalTreeResponse tree, String asked, PrintWriter out) {
        var begun = tree.getNodesList().stream()
                .filter(CausalNode::hasTime)
                .map(node -> instant(node.getTime()))
                .findFirst();
        out.println("Begun by command " + tree.getCorrelationId()
                + begun.map(time -> " at " + time).orElse(""));
        var nodes = tree.getNodesList();
        var lastOnes = new HashSet<String>();
        var followed = new HashSet<String>();
        nodes.reversed().forEach(node -> {
            if (followed.add(node.getParentId())) {
                lastOnes.add(node.getId());
            }
        });
        var branches = new HashMap<String, String>();
        nodes.forEach(node -> {
            var isRoot = node.getParentId().isEmpty();
            var isLast = lastOnes.contains(node.getId());
            var before = branches.getOrDefault(node.getParentId(), "");
            branches.put(node.getId(), isRoot ? "" : before + (isLast ? "   " : "│  "));
            out.println((node.hasTime() ? since(begun.orElseThrow(), node.getTime()) : NO_TIME)
                    + (isRoot ? "" : before + (isLast ? "└─ " : "├─ "))
                    + line(node)
                    + (node.getId().equals(asked) ? "  <- asked for" : ""));
        });
        out.println(
                tree.getTruncated()
                        ? "It goes on behind these " + nodes.size() + "; SearchEvents of audit.v1 shows all events."
                        : nodes.size() + " commands and events.");
    }

    private static String line(CausalNode node) {
        return Stream.of(
                        Stream.of(node.getType().isEmpty() ? "a command" : node.getType(), state(node)),
                        node.getParkedList().stream()
                                .map(parked -> "PARKED as %s by %s: %s"
                                        .formatted(parked.getParkedId(), parked.getConsumer(), parked.getReason())),
                        Stream.of(
                                node.getStream() + (node.getVersion() > 0 ? " version " + node.getVersion() : ""),
                                node.getId()))
                .flatMap(parts -> parts)
                .filter(part -> !part.isEmpty())
                .collect(joining("  "));
    }

    /** Empty for an event, and for a command that says itself where it is parked. */
    private static String state(CausalNode node) {
        return switch (node.getState()) {
            case COMMAND_STATE_ACCEPTED -> "ACCEPTED";
            case COMMAND_STATE_REJECTED -> "REJECTED " + node.getReason() + ": " + node.getMessage();
            case COMMAND_STATE_PARKED -> node.getParkedCount() > 0 ? "" : "PARKED with what it answers";
            case COMMAND_STATE_IN_FLIGHT -> "IN FLIGHT";
            case COMMAND_STATE_SCHEDULED -> "SCHEDULED for " + instant(node.getScheduledFor());
            case COMMAND_STATE_EXPIRED -> "EXPIRED";
            case COMMAND_STATE_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    private static String since(Instant begun, Timestamp time) {
        return String.format(
                Locale.ROOT, "%+9.3f s ", Duration.between(begun, instant(time)).toNanos() / 1e9);
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
