package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Client.ASKING_PRICE;
import static dev.quadrille.acceptance.Expected.investor;
import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_COMMITTED;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_PLACED;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_REJECTED;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_WON;
import static java.util.Collections.frequency;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.support.CloudEvent;
import dev.quadrille.acceptance.support.FinancingEvent.Bid;
import dev.quadrille.acceptance.support.FinancingEvent.BidOnInvoicePlaced;
import dev.quadrille.acceptance.support.FinancingEvent.BidOnInvoiceRejected;
import dev.quadrille.acceptance.support.FinancingEvent.InvoiceApproved;
import dev.quadrille.acceptance.support.FinancingEvent.InvoiceFinanced;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.proto.command.v1.StreamVersion;
import dev.quadrille.proto.financing.v1.BidStatus;
import dev.quadrille.proto.financing.v1.ListBidsRequest;
import dev.quadrille.proto.financing.v1.ListBidsResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;

/** What the bus has told, in the order in which it was heard, to hold against what the system answers. */
final class Ledger {

    /** Of each stream, in the order in which they were heard. */
    private final Map<String, List<Long>> versions;

    /** Of each investor, and what has become of each. */
    private final Map<UUID, Map<UUID, BidStatus>> bids = new HashMap<>();

    Ledger(List<CloudEvent> events) {
        versions = events.stream()
                .collect(groupingBy(event -> event.event().subject(), mapping(CloudEvent::version, toList())));
        events.forEach(this::enter);
    }

    private void enter(CloudEvent event) {
        switch (event.event()) {
            case BidOnInvoicePlaced(var investor, var _, var bid, var amount) ->
                enter(new Bid(bid, investor, amount), BID_STATUS_PLACED);
            case BidOnInvoiceRejected(var _, var bid, var _) -> enter(bid, BID_STATUS_REJECTED);
            case InvoiceFinanced(var _, var _, var bid) -> enter(bid, BID_STATUS_WON);
            case InvoiceApproved(var _, var _, var bid) -> enter(bid, BID_STATUS_COMMITTED);
            default -> {}
        }
    }

    private void enter(Bid bid, BidStatus status) {
        bids.computeIfAbsent(bid.investorId(), _ -> new HashMap<>()).put(bid.bidId(), status);
    }

    /** Every stream was heard in the order of its versions, without a gap. */
    void assertInOrder() {
        assertThat(versions.entrySet())
                .filteredOn(stream -> !isInOrder(stream.getValue()))
                .isEmpty();
    }

    private static boolean isInOrder(List<Long> versions) {
        var first = versions.getFirst();
        return versions.equals(
                LongStream.range(first, first + versions.size()).boxed().toList());
    }

    void assertHeard(List<StreamVersion> written) {
        assertThat(written)
                .filteredOn(
                        it -> !versions.getOrDefault(it.getStream(), List.of()).contains(it.getVersion()))
                .isEmpty();
    }

    /** Every bid of this investor has been answered, is shown as it was heard, and the money is where the bids say. */
    void assertMoney(Scenario scenario, UUID investor, int funds) {
        var heard = bids.getOrDefault(investor, Map.of());
        assertThat(shown(scenario, investor)).isEqualTo(heard).doesNotContainValue(BID_STATUS_PLACED);
        var reserved = ASKING_PRICE * frequency(heard.values(), BID_STATUS_WON);
        var committed = ASKING_PRICE * frequency(heard.values(), BID_STATUS_COMMITTED);
        assertThat(scenario.investor(investor))
                .isEqualTo(investor(investor, eur(funds - reserved - committed), eur(reserved), eur(committed)));
    }

    private static Map<UUID, BidStatus> shown(Scenario scenario, UUID investor) {
        var bids = new HashMap<UUID, BidStatus>();
        var request =
                ListBidsRequest.newBuilder().setInvestorId(investor.toString()).setPageSize(1_000);
        ListBidsResponse page;
        do {
            page = scenario.queries().listBids(request.build());
            page.getBidsList().forEach(bid -> bids.put(UUID.fromString(bid.getBidId()), bid.getStatus()));
            request.setPageToken(page.getNextPageToken());
        } while (!page.getNextPageToken().isEmpty());
        return bids;
    }
}
