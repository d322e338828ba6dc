package dev.quadrille.projections;

import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.quadrille.billing.document.DocumentCommand.IssueDocument;
import dev.quadrille.billing.document.DocumentCommand.VoidDocument;
import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.catering.order.MenuId;
import dev.quadrille.catering.order.OrderCommand.ConfirmMenuAsCaterer;
import dev.quadrille.catering.order.OrderCommand.ConfirmMenuAsCustomer;
import dev.quadrille.catering.order.OrderCommand.DeclineMenuAsCaterer;
import dev.quadrille.catering.order.OrderCommand.OfferMenu;
import dev.quadrille.catering.order.OrderCommand.PlaceOrder;
import dev.quadrille.domain.Installation;
import dev.quadrille.kernel.Append;
import dev.quadrille.kernel.Commit;
import dev.quadrille.kernel.Conflict;
import dev.quadrille.kernel.DerivedId;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.Parking.Failure;
import dev.quadrille.kernel.Parking.Parked;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.process.ProcessCommand.AcknowledgeProcessFailure;
import dev.quadrille.kernel.process.ProcessId;
import dev.quadrille.postgres.PostgresParking;
import dev.quadrille.postgres.TestDatabase;
import dev.quadrille.proto.audit.v1.CausalNode;
import dev.quadrille.proto.audit.v1.CausalNodeKind;
import dev.quadrille.proto.audit.v1.CommandState;
import dev.quadrille.proto.audit.v1.Event;
import dev.quadrille.proto.audit.v1.GetCausalTreeRequest;
import dev.quadrille.proto.audit.v1.GetCausalTreeResponse;
import dev.quadrille.proto.audit.v1.QueryServiceGrpc;
import dev.quadrille.proto.audit.v1.QueryServiceGrpc.QueryServiceBlockingStub;
import dev.quadrille.proto.audit.v1.ReadStreamRequest;
import dev.quadrille.proto.audit.v1.SearchEventsRequest;
import dev.quadrille.proto.audit.v1.StreamEvent;
import dev.quadrille.reports.customer.CustomerReportsCommand.PublishReport;
import dev.quadrille.reports.customer.ReportId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.quadrille.projections.QuerySide#databases")
@DisplayNameGeneration(ReplaceUnderscores.class)
class AuditQueriesTest {

    private static final String VOIDED = """
            VoidDocument ACCEPTED
              DocumentVoidingRequested@2
                HandleEvent ACCEPTED
                  ProcessStepTaken@1
                    MarkDocumentAsVoided ACCEPTED
                      MarkingDocumentAsVoidedSucceeded@2
                        HandleEvent ACCEPTED
                          ProcessStepTaken@2
                            CompleteDocumentVoiding ACCEPTED
                              DocumentVoided@3
                                HandleEvent ACCEPTED
                                  ProcessStepTaken@3""";

    @AutoClose
    private final QuerySide side;

    private final Aftermath aftermath;
    private final PostgresParking parking;
    private final Paperwork paper = new Paperwork();
    private final String documents = paper.document.stream().toString();
    private final IssueDocument issue = new IssueDocument(paper.document, paper.customer, Story.eur(10));
    private final VoidDocument voiding = new VoidDocument(paper.document, paper.process);

    AuditQueriesTest(TestDatabase tables) {
        side = new QuerySide(tables.cleared());
        aftermath = new Aftermath(side.eventStore);
        parking = new PostgresParking(side.eventStore.pool());
    }

    @Test
    void a_voiding_is_one_tree_from_whatever_of_it_is_asked_for() {
        aftermath.of(issue);
        var command = aftermath.of(voiding);

        var tree = tree(command);

        assertThat(drawn(tree)).isEqualTo(VOIDED);
        assertThat(tree.getCorrelationId()).isEqualTo(command.toString());
        assertThat(tree.getTruncated()).isFalse();
        assertThat(tree.getNodesList()).allSatisfy(node -> {
            assertThat(tree(UUID.fromString(node.getId()))).isEqualTo(tree);
            assertThat(node.getTime().getSeconds()).isGreaterThan(Story.NOON.getEpochSecond());
        });
        assertThat(tree(paper.process.value())).isEqualTo(tree);
        assertThat(tree.getNodesList())
                .filteredOn(node -> node.getType().equals("process.HandleEvent.v1"))
                .extracting(CausalNode::getIssuedBy)
                .containsOnly("document-voiding");
        assertThat(tree.getNodes(0).getStream()).isEqualTo(documents);
    }

    @Test
    void what_a_person_asks_of_a_process_belongs_to_its_tree() {
        aftermath.of(issue);
        var report = new ReportId(DerivedId.of(paper.document.value(), "report"));
        aftermath.of(new PublishReport(paper.reports, report));
        aftermath.of(voiding);
        var acknowledgement = aftermath.of(new AcknowledgeProcessFailure(new ProcessId(paper.process.value())));

        assertThat(drawn(tree(acknowledgement))).isEqualTo("""
                VoidDocument ACCEPTED
                  DocumentVoidingRequested@2
                    HandleEvent ACCEPTED
                      ProcessStepTaken@1
                        MarkDocumentAsVoided ACCEPTED
                          MarkingDocumentAsVoidedFailed@3
                            HandleEvent ACCEPTED
                              ProcessStepTaken@2
                                AbortDocumentVoiding ACCEPTED
                                  DocumentVoidingAborted@3
                AcknowledgeProcessFailure ACCEPTED
                  ProcessStepTaken@3
                    ReopenDocumentForVoiding ACCEPTED
                      DocumentVoidingFailureAcknowledged@4
                        HandleEvent ACCEPTED
                          ProcessStepTaken@4""");
        assertThat(tree(acknowledgement)).isEqualTo(tree(paper.process.value()));
    }

    @Test
    void commands_of_several_clients_that_a_process_has_answered_are_one_story() {
        var catered = new Catered();
        aftermath.of(new PlaceOrder(catered.order, catered.customer, Story.NOON.plus(Duration.ofDays(1)), Story.NOON));
        aftermath.of(new OfferMenu(catered.order, catered.menu, catered.caterer, "Soup & bread", Story.eur(10)));
        var first = aftermath.of(new ConfirmMenuAsCustomer(catered.order, catered.menu));
        var lone = aftermath.of(new DeclineMenuAsCaterer(catered.order, new MenuId(UUID.randomUUID())));
        assertThat(drawn(tree(first))).isEqualTo("""
                PlaceOrder ACCEPTED
                  OrderPlaced@1
                    HandleEvent ACCEPTED
                      ProcessStepTaken@1
                        ReachDeadline SCHEDULED
                ConfirmMenuAsCustomer ACCEPTED
                  CustomerConfirmedMenu@3
                    HandleEvent ACCEPTED
                      ProcessStepTaken@2""");

        var last = aftermath.begin(UUID.randomUUID(), new ConfirmMenuAsCaterer(catered.order, catered.menu));
        var input = aftermath.settle(next -> !next.message().type().equals("process.HandleEvent.v1"));
        assertThat(drawn(tree(last))).isEqualTo("""
                ConfirmMenuAsCaterer ACCEPTED
                  CatererConfirmedMenu@4
                    HandleEvent IN_FLIGHT""");
        var parked = park("commands.process.3", input, "process.HandleEvent.v1", last);
        assertThat(drawn(tree(last))).endsWith("HandleEvent PARKED in commands.process.3");
        parking.finish(parked);
        aftermath.settle(_ -> true);

        var tree = tree(last);

        assertThat(drawn(tree)).contains("""
                ConfirmMenuAsCaterer ACCEPTED
                  CatererConfirmedMenu@4
                    HandleEvent ACCEPTED
                      ProcessStepTaken@3
                        ConfirmOrder ACCEPTED
                          OrderConfirmed@5
                            HandleEvent ACCEPTED
                              ProcessStepTaken@4""");
        assertThat(tree.getNodesList())
                .allSatisfy(
                        node -> assertThat(tree(UUID.fromString(node.getId()))).isEqualTo(tree));
        assertThat(tree.getCorrelationId()).isEqualTo(tree.getNodes(0).getId());
        assertThat(drawn(tree(lone))).isEqualTo("""
                DeclineMenuAsCaterer REJECTED
                  CommandRejected@1""");
    }

    @Test
    void a_refusal_is_told_with_its_reason() {
        var command = aftermath.of(voiding);

        var tree = tree(command);

        assertThat(drawn(tree)).isEqualTo("""
                VoidDocument REJECTED
                  CommandRejected@1""");
        assertThat(tree.getNodes(0))
                .extracting(CausalNode::getReason, CausalNode::getMessage, CausalNode::getStream)
                .containsExactly("DOCUMENT_NOT_FOUND", "There is no document " + paper.document.value(), documents);
    }

    @Test
    void a_command_that_has_changed_nothing_is_a_tree_of_its_own() {
        aftermath.of(issue);

        assertThat(drawn(tree(aftermath.of(issue)))).isEqualTo("IssueDocument ACCEPTED");
    }

    @Test
    void what_is_not_decided_yet_is_in_flight_and_a_deadline_to_come_is_scheduled() {
        aftermath.of(issue);
        var command = aftermath.begin(UUID.randomUUID(), voiding);
        aftermath.settle(next -> !next.message().type().equals("reports.MarkDocumentAsVoided.v1"));

        var tree = tree(command);

        assertThat(drawn(tree)).isEqualTo("""
                VoidDocument ACCEPTED
                  DocumentVoidingRequested@2
                    HandleEvent ACCEPTED
                      ProcessStepTaken@1
                        MarkDocumentAsVoided IN_FLIGHT
                        ReachDeadline SCHEDULED""");
        var step = tree.getNodes(3);
        assertThat(tree.getNodes(5).getScheduledFor().getSeconds())
                .isEqualTo(step.getTime().getSeconds() + 30);
        assertThat(tree.getNodes(4).getStream())
                .isEqualTo(paper.reports.stream().toString());
        assertThat(tree.getNodes(4).hasTime()).isFalse();
    }

    @Test
    void P6_a_parked_command_is_told_with_where_it_is_parked() {
        aftermath.of(issue);
        var command = aftermath.begin(UUID.randomUUID(), voiding);
        var mark = aftermath.settle(next -> !next.message().type().equals("reports.MarkDocumentAsVoided.v1"));
        var parked = park("commands.reports.3", mark, "reports.MarkDocumentAsVoided.v1", command);

        var tree = tree(mark);

        assertThat(tree).isEqualTo(tree(command));
        assertThat(drawn(tree)).contains("MarkDocumentAsVoided PARKED in commands.reports.3");
        assertThat(tree.getNodes(4).getParkedList()).singleElement().satisfies(place -> {
            assertThat(place.getParkedId()).isEqualTo(parked.toString());
            assertThat(place.getReason()).isEqualTo("No deck");
        });
    }

    @Test
    void P6_of_a_parked_event_only_the_commands_are_parked_that_its_consumer_would_issue() {
        aftermath.of(issue);
        var command = aftermath.begin(UUID.randomUUID(), voiding);
        aftermath.settle(next -> !next.message().type().equals("process.HandleEvent.v1"));
        var requested = UUID.fromString(tree(command).getNodes(1).getId());
        park("projections.3", requested, "billing.DocumentVoidingRequested.v1", command);
        assertThat(drawn(tree(command))).isEqualTo("""
                VoidDocument ACCEPTED
                  DocumentVoidingRequested@2 in projections.3
                    HandleEvent IN_FLIGHT""");

        park("inputs.process.3", requested, "billing.DocumentVoidingRequested.v1", command);

        assertThat(drawn(tree(command))).isEqualTo("""
                VoidDocument ACCEPTED
                  DocumentVoidingRequested@2 in projections.3 in inputs.process.3
                    HandleEvent PARKED""");
    }

    @Test
    void P6_a_parked_command_that_nothing_has_come_of_is_known() {
        var command = UUID.randomUUID();
        park("commands.billing.3", command, "billing.VoidDocument.v1", command);

        assertThat(drawn(tree(command))).isEqualTo("VoidDocument PARKED in commands.billing.3");
    }

    @Test
    void P6_a_parked_event_that_is_not_in_the_store_is_known() {
        var event = UUID.randomUUID();
        park("integration.financing.3", event, "registering.IssuerRegistered.v1", UUID.randomUUID());

        assertThat(drawn(tree(event))).isEqualTo("IssuerRegistered@0 in integration.financing.3");
    }

    @Test
    void expired_outcomes_leave_the_tree_standing() {
        aftermath.of(issue);
        var command = aftermath.of(voiding);
        var refused = aftermath.of(new VoidDocument(another(), paper.process));
        aftermath.store.deleteOutcomesBefore(Story.NOON.plus(Duration.ofDays(1)), 1_000);

        assertThat(tree(command).getNodes(0).getType()).isEmpty();
        assertThat(drawn(tree(command))).isEqualTo(VOIDED.replaceFirst("VoidDocument", "?"));
        assertThat(drawn(tree(refused))).startsWith("VoidDocument REJECTED");
    }

    @Test
    void a_tree_ends_with_a_thousand_nodes_and_says_so() {
        var command = UUID.randomUUID();
        append(new StreamId("ferry.crossing", "tern"), command, 999, _ -> "{}");
        assertThat(tree(command).getNodesCount()).isEqualTo(1_000);
        assertThat(tree(command).getTruncated()).isFalse();

        append(new StreamId("ferry.crossing", "gull"), command, 1, _ -> "{}");

        assertThat(tree(command).getNodesCount()).isEqualTo(1_000);
        assertThat(tree(command).getTruncated()).isTrue();
    }

    @Test
    void what_nobody_knows_is_not_found() {
        assertThat(Refusal.of(() -> tree(UUID.randomUUID())))
                .isEqualTo(new Refusal(NOT_FOUND, "ID_NOT_FOUND", List.of()));
        assertThat(Refusal.of(() -> read(documents))).isEqualTo(new Refusal(NOT_FOUND, "STREAM_NOT_FOUND", List.of()));
        assertThat(Refusal.of(() -> read("billing.document")))
                .isEqualTo(new Refusal(INVALID_ARGUMENT, "INVALID_REQUEST", List.of("stream")));
    }

    @Test
    void a_stream_is_read_with_the_state_after_each_event() {
        aftermath.of(issue);
        aftermath.of(voiding);

        var events = read(documents);

        assertThat(events)
                .extracting(shown -> shown.getEvent().getType())
                .containsExactly(
                        "billing.DocumentIssued.v1",
                        "billing.DocumentVoidingRequested.v1",
                        "billing.DocumentVoided.v1");
        assertThat(events).extracting(shown -> shown.getEvent().getVersion()).containsExactly(1L, 2L, 3L);
        assertThat(events).extracting(StreamEvent::getStateType).containsExactly("Issued", "BeingVoided", "Voided");
        assertThat(events.getFirst().getState()).isEqualTo("{\"customerId\":\"" + paper.customer.value() + "\"}");
        assertThat(events.getLast().getState()).isEqualTo("{\"processId\":\"" + paper.process.value() + "\"}");
        assertThat(events.getLast().getEvent().getPayload()).contains("\"documentId\":\"" + paper.document.value());
        assertThat(read(paper.reports.stream().toString()).getLast().getState())
                .contains(
                        "\"marked\":[\"" + paper.document.value() + "\"]", "\"reportOf\":{\"" + paper.document.value());
    }

    @Test
    void a_process_is_read_with_the_states_of_its_process_manager() {
        aftermath.of(issue);
        aftermath.of(voiding);

        assertThat(read("process.instance/" + paper.process.value()))
                .extracting(StreamEvent::getStateType)
                .containsExactly("VoidingRequested", "MarkingDocumentAsVoidedSucceeded", "DocumentVoided");
    }

    @Test
    void a_stream_is_read_from_any_version_page_by_page() {
        aftermath.of(issue);
        aftermath.of(voiding);
        var all = read(documents);

        assertThat(read(documents, request -> request.setPageSize(1))).isEqualTo(all);
        assertThat(read(documents, request -> request.setFromVersion(2).setPageSize(1)))
                .isEqualTo(all.subList(1, 3));
        assertThat(read(documents, request -> request.setFromVersion(4))).isEmpty();
        assertThat(read(documents, request -> request.setFromVersion(Long.MAX_VALUE)))
                .isEmpty();
    }

    @Test
    void behind_an_event_that_can_t_be_read_there_is_no_state() {
        aftermath.of(issue);
        var unreadable =
                envelope(paper.document.stream(), 2, UUID.randomUUID(), new Message("billing.Forgotten.v1", "{}"));
        append(List.of(unreadable));
        append(List.of(envelope(
                paper.document.stream(),
                3,
                UUID.randomUUID(),
                Installation.codec().encode(paper.voided()))));

        assertThat(read(documents)).extracting(StreamEvent::getStateType).containsExactly("Issued", "", "");
        assertThat(read(documents)).extracting(StreamEvent::getState).endsWith("", "");
        assertThat(read(documents).get(1).getEvent().getPayload()).isEqualTo("{}");
        assertThat(drawn(tree(unreadable.id()))).endsWith("Forgotten@2");
    }

    @Test
    void a_refusal_s_stream_has_no_state() {
        var command = aftermath.of(voiding);

        assertThat(read("billing.command/" + command)).singleElement().satisfies(shown -> {
            assertThat(shown.getEvent().getType()).isEqualTo("billing.CommandRejected.v1");
            assertThat(shown.getState() + shown.getStateType()).isEmpty();
        });
    }

    @Test
    void long_events_come_on_pages_that_a_client_can_take_and_one_too_long_without_what_it_says() {
        var stream = new StreamId("ferry.crossing", "tern");
        var half = "\"" + "a".repeat(600_000) + "\"";
        append(stream, UUID.randomUUID(), 7, version -> version == 4 ? half + half : half);

        var events = read(stream.toString());

        assertThat(events).hasSize(7);
        assertThat(events)
                .extracting(shown -> shown.getEvent().getPayload())
                .containsExactly(half, half, half, "", half, half, half);
        assertThat(search(request -> request.setStream(stream.toString()))).hasSize(7);
    }

    @Test
    void events_are_searched_by_all_that_is_asked_for_the_newest_first() {
        aftermath.of(issue);
        var command = aftermath.of(voiding);
        var all = search(request -> request);

        assertThat(all)
                .extracting(Event::getType)
                .startsWith("process.ProcessStepTaken.v1", "billing.DocumentVoided.v1")
                .endsWith("reports.DocumentAddedToReport.v1", "billing.DocumentIssued.v1")
                .hasSize(8);
        assertThat(search(request -> request.setType("billing.DocumentVoided.v1")))
                .hasSize(1);
        assertThat(search(request -> request.setCategory("billing.document"))).hasSize(3);
        assertThat(search(request -> request.setCategory("billing.doc"))).isEmpty();
        assertThat(search(request -> request.setStream(documents))).hasSize(3);
        assertThat(search(request -> request.setStream(documents).setCategory("reports.customer")))
                .isEmpty();
        assertThat(search(request -> request.setCorrelationId(command.toString())))
                .hasSize(6);
        var third = all.get(2);
        assertThat(search(request -> request.setRecordedFrom(third.getRecordedAt())))
                .isEqualTo(all.subList(0, 3));
        assertThat(search(request -> request.setRecordedUntil(third.getRecordedAt())))
                .isEqualTo(all.subList(3, 8));
        assertThat(search(request -> request.setRecordedUntil(Timestamp.getDefaultInstance())))
                .isEmpty();
        assertThat(search(request -> request.setCorrelationId(command.toString())
                        .setType("process.ProcessStepTaken.v1")
                        .setRecordedFrom(third.getRecordedAt())))
                .hasSize(2);
    }

    @Test
    void pages_of_a_search_stay_where_they_are_while_events_are_appended() {
        aftermath.of(issue);
        aftermath.of(voiding);
        var all = search(request -> request);
        var pages = new ArrayList<Event>();
        var request = SearchEventsRequest.newBuilder().setPageSize(3);
        do {
            var page = queries().searchEvents(request.build());
            pages.addAll(page.getEventsList());
            request.setPageToken(page.getNextPageToken());
            aftermath.of(new VoidDocument(another(), paper.process));
        } while (!request.getPageToken().isEmpty());

        assertThat(pages).isEqualTo(all);
        var other = queries()
                .searchEvents(SearchEventsRequest.newBuilder().setPageSize(3).build());
        assertThat(Refusal.of(() -> queries()
                                .searchEvents(SearchEventsRequest.newBuilder()
                                        .setType("billing.DocumentVoided.v1")
                                        .setPageToken(other.getNextPageToken())
                                        .build()))
                        .fields())
                .containsExactly("page_token");
    }

    private static DocumentId another() {
        return new DocumentId(UUID.randomUUID());
    }

    private UUID park(String consumer, UUID message, String type, UUID correlation) {
        var id = UUID.randomUUID();
        parking.park(new Parked(
                id,
                consumer,
                message.toString(),
                documents,
                type,
                correlation.toString(),
                new Failure(3, "No deck", "stack", "fingerprint"),
                null,
                Map.of(),
                ByteBuffer.allocate(0),
                Story.NOON));
        return id;
    }

    private void append(StreamId stream, UUID command, int count, IntFunction<String> body) {
        append(IntStream.rangeClosed(1, count)
                .mapToObj(version ->
                        envelope(stream, version, command, new Message("ferry.Sailed.v1", body.apply(version))))
                .toList());
    }

    private static EventEnvelope envelope(StreamId stream, long version, UUID command, Message message) {
        return new EventEnvelope(UUID.randomUUID(), stream, version, Story.NOON, Lineage.begunBy(command), message);
    }

    private void append(List<EventEnvelope> events) {
        try {
            aftermath.store.commit(new Commit(
                    List.of(new Append(
                            events.getFirst().stream(), events.getFirst().version() - 1, events)),
                    List.of()));
        } catch (Conflict conflict) {
            throw new AssertionError(conflict);
        }
    }

    private GetCausalTreeResponse tree(UUID id) {
        return queries()
                .getCausalTree(
                        GetCausalTreeRequest.newBuilder().setId(id.toString()).build());
    }

    /** Each node on a line, behind what it follows from and further in. */
    private static String drawn(GetCausalTreeResponse tree) {
        var depths = new HashMap<String, Integer>();
        return tree.getNodesList().stream()
                .map(node -> {
                    var depth = depths.getOrDefault(node.getParentId(), -1) + 1;
                    depths.put(node.getId(), depth);
                    var name = node.getType().isEmpty() ? "?" : node.getType().replaceAll("^.*?\\.|\\.v1$", "");
                    return "  ".repeat(depth)
                            + name
                            + (node.getKind() == CausalNodeKind.CAUSAL_NODE_KIND_EVENT
                                    ? "@" + node.getVersion()
                                    : " " + state(node.getState()))
                            + node.getParkedList().stream()
                                    .map(parked -> " in " + parked.getConsumer())
                                    .collect(joining());
                })
                .collect(joining("\n"));
    }

    private static String state(CommandState state) {
        return state.name().replace("COMMAND_STATE_", "");
    }

    private List<StreamEvent> read(String stream) {
        return read(stream, request -> request);
    }

    private List<StreamEvent> read(String stream, UnaryOperator<ReadStreamRequest.Builder> how) {
        var events = new ArrayList<StreamEvent>();
        var request = how.apply(ReadStreamRequest.newBuilder().setStream(stream));
        do {
            var page = queries().readStream(request.build());
            events.addAll(page.getEventsList());
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return events;
    }

    private List<Event> search(UnaryOperator<SearchEventsRequest.Builder> how) {
        var events = new ArrayList<Event>();
        var request = how.apply(SearchEventsRequest.newBuilder());
        do {
            var page = queries().searchEvents(request.build());
            events.addAll(page.getEventsList());
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return events;
    }

    private QueryServiceBlockingStub queries() {
        return QueryServiceGrpc.newBlockingStub(side.channel).withDeadlineAfter(QuerySide.PATIENCE);
    }
}
