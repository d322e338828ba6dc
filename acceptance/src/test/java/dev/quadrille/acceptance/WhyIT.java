package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Causes.drawn;
import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.support.Kitchen;
import dev.quadrille.acceptance.support.Paperwork;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.SystemUnderTest;
import dev.quadrille.proto.audit.v1.CausalNode;
import dev.quadrille.proto.audit.v1.Event;
import dev.quadrille.proto.audit.v1.GetCausalTreeResponse;
import dev.quadrille.proto.audit.v1.ReadStreamRequest;
import dev.quadrille.proto.audit.v1.SearchEventsRequest;
import dev.quadrille.proto.audit.v1.StreamEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What has happened, and why, can be asked for: causal trees across contexts, streams event by event, and a search. */
@AgainstEverySystem
class WhyIT {

    private static final String VOIDED = """
            billing.VoidDocument.v1 ACCEPTED
              billing.DocumentVoidingRequested.v1 @2
                process.HandleEvent.v1 ACCEPTED
                  process.ProcessStepTaken.v1 @1
                    reports.MarkDocumentAsVoided.v1 ACCEPTED
                      reports.MarkingDocumentAsVoidedSucceeded.v1 @2
                        process.HandleEvent.v1 ACCEPTED
                          process.ProcessStepTaken.v1 @2
                            billing.CompleteDocumentVoiding.v1 ACCEPTED
                              billing.DocumentVoided.v1 @3
                                process.HandleEvent.v1 ACCEPTED
                                  process.ProcessStepTaken.v1 @3""";

    @AutoClose
    private final Paperwork paper;

    private final SystemUnderTest system;
    private final UUID customer = UUID.randomUUID();

    WhyIT(SystemUnderTest system) {
        this.system = system;
        this.paper = new Paperwork(system.addresses());
    }

    @Test
    void a_voiding_is_one_tree_across_contexts_from_whatever_of_it_is_asked_for() {
        var document = paper.reported(customer, eur(10));
        var voiding = paper.voidDocument(document);
        eventually(() -> assertThat(drawn(tree(voiding.command()))).isEqualTo(VOIDED));

        var tree = tree(voiding.command());

        assertThat(tree(voiding.process())).isEqualTo(tree);
        assertThat(tree(UUID.fromString(node(tree, "reports.MarkingDocumentAsVoidedSucceeded.v1")
                        .getId())))
                .isEqualTo(tree);
        assertThat(tree(UUID.fromString(
                        node(tree, "billing.CompleteDocumentVoiding.v1").getId())))
                .isEqualTo(tree);
        assertThat(node(tree, "reports.MarkDocumentAsVoided.v1").getStream()).isEqualTo("reports.customer/" + customer);
    }

    @Test
    void a_refusal_is_told_with_its_reason() {
        var nobody = UUID.randomUUID();
        var voiding = paper.voidDocument(nobody);
        paper.outcomeOf(voiding.command());

        var tree = tree(voiding.command());

        assertThat(drawn(tree)).isEqualTo("""
                billing.VoidDocument.v1 REJECTED
                  billing.CommandRejected.v1 @1""");
        assertThat(tree.getNodes(0).getReason()).isEqualTo("DOCUMENT_NOT_FOUND");
        assertThat(tree.getNodes(0).getStream()).isEqualTo("billing.document/" + nobody);
    }

    @Test
    void a_bid_s_tree_is_of_the_investor_and_the_invoice() throws Exception {
        try (var scenario = new Scenario(system.addresses())) {
            var offer = scenario.bid(scenario.registerInvestor(eur(100)), scenario.invoiceFor(eur(10)), eur(12));

            eventually(() -> assertThat(drawn(tree(offer.command()))).isEqualTo("""
                    financing.BidOnInvoice.v1 ACCEPTED
                      financing.BidOnInvoicePlaced.v1 @3
                        financing.ProcessBid.v1 ACCEPTED
                          financing.InvoiceFinanced.v1 @2
                            financing.ReleaseFunds.v1 ACCEPTED
                              financing.InvestorFundsReleased.v1 @4"""));
        }
    }

    @Test
    void a_confirmed_order_follows_from_what_several_clients_have_asked_for() throws Exception {
        try (var kitchen = new Kitchen(system.addresses())) {
            var order = kitchen.place(UUID.randomUUID(), Instant.now().plus(Duration.ofDays(1)));
            kitchen.outcomeOf(order.command());
            var menu = kitchen.offer(order.created(), "Soup", eur(10));
            kitchen.outcomeOf(menu.command());
            var first = kitchen.confirmAsCaterer(order.created(), menu.created());
            kitchen.outcomeOf(first);
            var last = kitchen.confirmAsCustomer(order.created(), menu.created());

            eventually(() -> assertThat(drawn(tree(last))).isEqualTo("""
                    catering.PlaceOrder.v1 ACCEPTED
                      catering.OrderPlaced.v1 @1
                        process.HandleEvent.v1 ACCEPTED
                          process.ProcessStepTaken.v1 @1
                    catering.ConfirmMenuAsCaterer.v1 ACCEPTED
                      catering.CatererConfirmedMenu.v1 @3
                        process.HandleEvent.v1 ACCEPTED
                          process.ProcessStepTaken.v1 @2
                    catering.ConfirmMenuAsCustomer.v1 ACCEPTED
                      catering.CustomerConfirmedMenu.v1 @4
                        process.HandleEvent.v1 ACCEPTED
                          process.ProcessStepTaken.v1 @3
                            catering.ConfirmOrder.v1 ACCEPTED
                              catering.OrderConfirmed.v1 @5
                                process.HandleEvent.v1 ACCEPTED
                                  process.ProcessStepTaken.v1 @4"""));
            assertThat(tree(order.command())).isEqualTo(tree(last));
            assertThat(tree(first)).isEqualTo(tree(last));
        }
    }

    @Test
    void a_stream_is_read_with_the_state_after_each_event() {
        var document = paper.reported(customer, eur(10));
        var voiding = paper.voidDocument(document);
        paper.processIn("DocumentVoided", voiding.process());

        var events = paper.audit()
                .readStream(ReadStreamRequest.newBuilder()
                        .setStream("billing.document/" + document)
                        .build())
                .getEventsList();

        assertThat(events).extracting(StreamEvent::getStateType).containsExactly("Issued", "BeingVoided", "Voided");
        assertThat(events.getLast().getState()).isEqualTo("{\"processId\":\"" + voiding.process() + "\"}");
        assertThat(events.getLast().getEvent().getType()).isEqualTo("billing.DocumentVoided.v1");
    }

    @Test
    void a_search_by_type_and_correlation_and_time_pages_through_without_loss_or_repeats() {
        var document = paper.reported(customer, eur(10));
        var voiding = paper.voidDocument(document);
        paper.processIn("DocumentVoided", voiding.process());
        var search = SearchEventsRequest.newBuilder()
                .setType("process.ProcessStepTaken.v1")
                .setCorrelationId(voiding.command().toString());
        var all = paper.audit().searchEvents(search.build()).getEventsList();
        assertThat(all).extracting(Event::getVersion).containsExactly(3L, 2L, 1L);

        search.setPageSize(1)
                .setRecordedFrom(all.get(2).getRecordedAt())
                .setRecordedUntil(all.getFirst().getRecordedAt());
        var paged = new ArrayList<Event>();
        do {
            var page = paper.audit().searchEvents(search.build());
            paged.addAll(page.getEventsList());
            search.setPageToken(page.getNextPageToken());
        } while (!search.getPageToken().isEmpty());

        assertThat(paged).isEqualTo(all.subList(1, 3));
    }

    private GetCausalTreeResponse tree(UUID id) {
        return paper.causes(id);
    }

    private static CausalNode node(GetCausalTreeResponse tree, String type) {
        return tree.getNodesList().stream()
                .filter(node -> node.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
