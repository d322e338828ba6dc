package dev.quadrille.projections.audit;

import static dev.quadrille.queries.Times.timestamp;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.EventRef;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.Outcome.Accepted;
import dev.quadrille.kernel.Outcome.Rejected;
import dev.quadrille.kernel.Outcomes;
import dev.quadrille.kernel.Parking;
import dev.quadrille.kernel.Parking.Filter;
import dev.quadrille.kernel.Parking.Parked;
import dev.quadrille.kernel.Parking.Place;
import dev.quadrille.kernel.process.ProcessId;
import dev.quadrille.kernel.process.ProcessStepTaken;
import dev.quadrille.postgres.PostgresAudit;
import dev.quadrille.proto.audit.v1.CausalNode;
import dev.quadrille.proto.audit.v1.CausalNodeKind;
import dev.quadrille.proto.audit.v1.CommandState;
import dev.quadrille.proto.audit.v1.GetCausalTreeResponse;
import dev.quadrille.proto.audit.v1.ParkedNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that one command has begun, and what else has had a part in its processes. Which command an event answers, it says
 * itself; which commands answer an event is worked out anew, by the policies and process managers that issue them, as ids of
 * those are derived from the event's.
 */
final class CausalTrees {

    private static final int MOST_NODES = 1_000;

    private final PostgresAudit audit;
    private final Outcomes outcomes;
    private final List<Parking> parkings;
    private final Codec codec;

    CausalTrees(PostgresAudit audit, Outcomes outcomes, List<Parking> parkings, Codec codec) {
        this.audit = audit;
        this.outcomes = outcomes;
        this.parkings = parkings;
        this.codec = codec;
    }

    /** An event, and what it says, if that can be read. */
    private record Recorded(
            EventEnvelope envelope, @Nullable Event event) {

        UUID cause() {
            return envelope.lineage().causationId();
        }
    }

    /** The tree of all that has this correlation id, and of what has a part in the same processes. */
    GetCausalTreeResponse of(UUID correlation) {
        var story = told(correlation);
        var roots = new LinkedHashSet<UUID>();
        story.events().forEach(event -> roots.add(event.cause()));
        if (story.events().isEmpty()) {
            roots.add(correlation);
        }
        roots.removeAll(story.issued().stream().map(Issued::id).toList());
        var commands = Stream.concat(roots.stream(), story.issued().stream().map(Issued::id))
                .collect(toSet());
        var nodes = new Tree(
                        story.events(),
                        story.events().stream().collect(groupingBy(Recorded::cause)),
                        outcomes.find(commands),
                        parked(story.correlations()))
                .nodes(roots, story.issued());
        return GetCausalTreeResponse.newBuilder()
                .setCorrelationId(story.correlations().getFirst().toString())
                .addAllNodes(nodes.subList(0, Math.min(nodes.size(), MOST_NODES)))
                .setTruncated(nodes.size() > MOST_NODES)
                .build();
    }

    /** The steps of a process bear the correlation id of the first one, whoever began what they answer. */
    private Story told(UUID correlation) {
        var correlations = Set.of(correlation);
        while (true) {
            // An event is a node: no more events are shown than there are nodes.
            var events = audit.correlated(correlations, MOST_NODES + 1).stream()
                    .map(envelope -> new Recorded(envelope, read(envelope)))
                    .toList();
            var issued = events.stream().flatMap(this::issuedAfter).toList();
            var all = new HashSet<>(correlations);
            all.addAll(elsewhere(events, issued));
            if (all.size() == correlations.size() || events.size() > MOST_NODES) {
                var inOrder = Stream.concat(
                                events.stream()
                                        .map(event -> event.envelope().lineage().correlationId()),
                                correlations.stream())
                        .distinct()
                        .toList();
                return new Story(inOrder, events, issued);
            }
            correlations = all;
        }
    }

    /** The correlation ids of the processes that have answered these events, and of what these processes have answered. */
    private Set<UUID> elsewhere(List<Recorded> events, List<Issued> issued) {
        var here = events.stream().map(event -> event.envelope().id()).collect(toSet());
        var decided = events.stream().map(Recorded::cause).collect(toSet());
        var answered = events.stream()
                .filter(event -> event.event() instanceof ProcessStepTaken)
                .flatMap(event -> ((ProcessStepTaken) event.event()).links().stream())
                .map(EventRef::id)
                .filter(event -> !here.contains(event))
                .collect(toSet());
        var answers = issued.stream()
                .filter(command -> command.stream().startsWith(ProcessId.CATEGORY + "/"))
                .filter(command -> !decided.contains(command.id()))
                .toList();
        return answered.isEmpty() && answers.isEmpty()
                ? Set.of()
                : audit.correlationsOf(
                        answered,
                        answers.stream().map(Issued::id).collect(toSet()),
                        answers.stream().map(Issued::stream).collect(toSet()));
    }

    private Map<String, List<Parked>> parked(List<UUID> correlations) {
        return correlations.stream()
                .flatMap(correlation -> parkings.stream()
                        .flatMap(parking -> parking.list(Filter.correlation(correlation), 0, MOST_NODES).stream()))
                .map(Place::parked)
                .collect(groupingBy(Parked::messageId));
    }

    private @Nullable Event read(EventEnvelope envelope) {
        try {
            return codec.decode(envelope.message()) instanceof Event event ? event : null;
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    /** None where our own code fails on the event, which is then parked. */
    private Stream<Issued> issuedAfter(Recorded recorded) {
        if (recorded.event() == null) {
            return Stream.of();
        }
        try {
            return Issued.after(recorded.envelope(), recorded.event(), codec).toList().stream();
        } catch (RuntimeException fault) {
            return Stream.of();
        }
    }

    /**
     * What has happened, as far as it hangs together.
     *
     * @param correlations what began it, the first one first
     * @param issued what answers the events
     */
    private record Story(List<UUID> correlations, List<Recorded> events, List<Issued> issued) {}

    /** What is known of everything in a tree. */
    private record Tree(
            List<Recorded> events,
            Map<UUID, List<Recorded>> recordedBy,
            Map<UUID, Outcome> outcomes,
            Map<String, List<Parked>> parked) {

        /** Each before what follows from it; one more than may be shown, if there are more. */
        List<CausalNode> nodes(Set<UUID> roots, List<Issued> issued) {
            var following = Stream.of(
                            roots.stream().filter(this::isKnown).map(root -> node(root, null)),
                            issued.stream().filter(this::isToCome).map(command -> node(command.id(), command)),
                            events.stream().map(this::node),
                            unknown(roots, issued))
                    .flatMap(nodes -> nodes)
                    .collect(groupingBy(CausalNode::getParentId));
            var ordered = new ArrayList<CausalNode>();
            var open = new ArrayDeque<>(following.getOrDefault("", List.of()));
            while (!open.isEmpty() && ordered.size() <= MOST_NODES) {
                var node = open.pop();
                ordered.add(node);
                following.getOrDefault(node.getId(), List.of()).reversed().forEach(open::push);
            }
            return ordered;
        }

        /** What is parked and neither stored nor answers what is, such as what came from elsewhere. */
        private Stream<CausalNode> unknown(Set<UUID> roots, List<Issued> issued) {
            var known = Stream.of(
                            roots.stream(),
                            issued.stream().map(Issued::id),
                            events.stream().map(event -> event.envelope().id()))
                    .flatMap(ids -> ids)
                    .map(UUID::toString)
                    .collect(toSet());
            return parked.entrySet().stream()
                    .filter(message -> !known.contains(message.getKey()))
                    .map(message -> node(message.getKey(), message.getValue().getFirst()));
        }

        private CausalNode node(String id, Parked message) {
            var node = CausalNode.newBuilder()
                    .setId(id)
                    .setType(message.type())
                    .setStream(message.key())
                    .addAllParked(parked(id));
            return message.consumer().startsWith("commands.")
                    ? node.setKind(CausalNodeKind.CAUSAL_NODE_KIND_COMMAND)
                            .setState(CommandState.COMMAND_STATE_PARKED)
                            .build()
                    : node.setKind(CausalNodeKind.CAUSAL_NODE_KIND_EVENT).build();
        }

        private boolean isKnown(UUID command) {
            return outcomes.containsKey(command)
                    || recordedBy.containsKey(command)
                    || parked.containsKey(command.toString());
        }

        /** The end of a process drops its deadlines. */
        private boolean isToCome(Issued command) {
            return command.scheduledFor() == null
                    || isKnown(command.id())
                    || events.stream()
                            .noneMatch(it -> it.event() instanceof ProcessStepTaken step
                                    && step.ended()
                                    && it.envelope().stream().equals(command.answered().stream()));
        }

        private CausalNode node(Recorded recorded) {
            var envelope = recorded.envelope();
            return CausalNode.newBuilder()
                    .setId(envelope.id().toString())
                    .setParentId(recorded.cause().toString())
                    .setKind(CausalNodeKind.CAUSAL_NODE_KIND_EVENT)
                    .setType(envelope.message().type())
                    .setStream(envelope.stream().toString())
                    .setVersion(envelope.version())
                    .setTime(timestamp(envelope.recordedAt()))
                    .addAllParked(parked(envelope.id().toString()))
                    .build();
        }

        private CausalNode node(UUID id, @Nullable Issued issued) {
            var node = CausalNode.newBuilder()
                    .setId(id.toString())
                    .setKind(CausalNodeKind.CAUSAL_NODE_KIND_COMMAND)
                    .addAllParked(parked(id.toString()));
            if (issued != null) {
                node.setParentId(issued.answered().id().toString())
                        .setType(issued.type())
                        .setStream(issued.stream())
                        .setIssuedBy(issued.issuedBy())
                        .setState(undecided(issued));
                if (issued.scheduledFor() != null) {
                    node.setScheduledFor(timestamp(issued.scheduledFor()));
                }
            }
            parked.getOrDefault(id.toString(), List.of())
                    .forEach(message -> node.setType(message.type())
                            .setStream(message.key())
                            .setState(CommandState.COMMAND_STATE_PARKED));
            recordedBy.getOrDefault(id, List.of()).forEach(recorded -> decided(node, recorded));
            var outcome = outcomes.get(id);
            if (outcome != null) {
                decided(node, outcome);
            }
            return node.build();
        }

        /** Outcomes expire in the order of decisions: where that of the command before is still there, none is missing. */
        private CommandState undecided(Issued issued) {
            var answered = issued.answered();
            var heldUp = parked.getOrDefault(answered.id().toString(), List.of()).stream()
                    .anyMatch(message ->
                            !issued.queue().isEmpty() && message.consumer().startsWith(issued.queue()));
            if (heldUp) {
                return CommandState.COMMAND_STATE_PARKED;
            } else if (issued.scheduledFor() != null) {
                return CommandState.COMMAND_STATE_SCHEDULED;
            }
            return outcomes.containsKey(answered.lineage().causationId())
                    ? CommandState.COMMAND_STATE_IN_FLIGHT
                    : CommandState.COMMAND_STATE_EXPIRED;
        }

        private static void decided(CausalNode.Builder node, Recorded recorded) {
            node.setTime(timestamp(recorded.envelope().recordedAt()));
            if (recorded.event() instanceof CommandRejected rejected) {
                node.setType(rejected.commandType())
                        .setStream(rejected.stream().toString())
                        .setState(CommandState.COMMAND_STATE_REJECTED)
                        .setReason(rejected.reason())
                        .setMessage(rejected.message());
            } else {
                node.setStream(recorded.envelope().stream().toString()).setState(CommandState.COMMAND_STATE_ACCEPTED);
            }
        }

        private static void decided(CausalNode.Builder node, Outcome outcome) {
            node.setTime(timestamp(outcome.decidedAt()));
            if (node.getType().isEmpty()) {
                node.setType(Objects.requireNonNullElse(outcome.type(), ""));
            }
            switch (outcome.verdict()) {
                case Accepted(var reached, var _) ->
                    node.setStream(reached.stream().toString()).setState(CommandState.COMMAND_STATE_ACCEPTED);
                case Rejected(var why, var _) ->
                    node.setState(CommandState.COMMAND_STATE_REJECTED)
                            .setReason(why.reason())
                            .setMessage(why.message());
            }
        }

        private List<ParkedNode> parked(String id) {
            return parked.getOrDefault(id, List.of()).stream()
                    .map(message -> ParkedNode.newBuilder()
                            .setParkedId(message.id().toString())
                            .setConsumer(message.consumer())
                            .setReason(message.failure().reason())
                            .build())
                    .toList();
        }
    }
}
