package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Expected.available;
import static dev.quadrille.acceptance.Expected.bid;
import static dev.quadrille.acceptance.Expected.investor;
import static dev.quadrille.acceptance.Expected.taken;
import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static dev.quadrille.acceptance.support.Scenario.INVESTOR;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_REJECTED;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_WON;
import static dev.quadrille.proto.financing.v1.InvoiceStatus.INVOICE_STATUS_AVAILABLE;
import static dev.quadrille.proto.financing.v1.InvoiceStatus.INVOICE_STATUS_FINANCED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.support.FinancingEvent.Bid;
import dev.quadrille.acceptance.support.FinancingEvent.InvestorCreated;
import dev.quadrille.acceptance.support.FinancingEvent.InvoiceCreated;
import dev.quadrille.acceptance.support.FinancingEvent.InvoiceFinanced;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.SystemUnderTest;
import dev.quadrille.proto.financing.v1.Investor;
import dev.quadrille.proto.financing.v1.Invoice;
import dev.quadrille.proto.financing.v1.ListBidsRequest;
import dev.quadrille.proto.financing.v1.ListInvestorsRequest;
import dev.quadrille.proto.financing.v1.ListInvestorsResponse;
import dev.quadrille.proto.financing.v1.ListInvoicesRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Lists come in pages, in a fixed order, and filtered. */
@AgainstEverySystem
class ListIT {

    @AutoClose
    private final Scenario scenario;

    ListIT(SystemUnderTest system) throws Exception {
        scenario = new Scenario(system.addresses());
    }

    @Test
    void pages_follow_each_other_by_ascending_id_until_nothing_is_left() {
        var ids = Stream.generate(() -> UUID.randomUUID().toString())
                .limit(5)
                .sorted()
                .toList();
        ids.forEach(id -> scenario.bus().publish(new InvestorCreated(UUID.fromString(id), INVESTOR, "EUR")));
        var all = ListInvestorsRequest.newBuilder().addAllInvestorIds(ids).build();
        eventually(() -> assertThat(scenario.queries().listInvestors(all).getInvestorsList())
                .hasSize(5));

        assertThat(pages(all.toBuilder().setPageSize(2).build()))
                .containsExactly(
                        pennilessInvestors(ids.subList(0, 2)),
                        pennilessInvestors(ids.subList(2, 4)),
                        pennilessInvestors(ids.subList(4, 5)));
    }

    private List<List<Investor>> pages(ListInvestorsRequest request) {
        var pages = new ArrayList<List<Investor>>();
        ListInvestorsResponse page;
        var next = request;
        do {
            page = scenario.queries().listInvestors(next);
            pages.add(page.getInvestorsList());
            next = request.toBuilder().setPageToken(page.getNextPageToken()).build();
        } while (!page.getNextPageToken().isEmpty());
        return pages;
    }

    private static List<Investor> pennilessInvestors(List<String> ids) {
        return ids.stream()
                .map(id -> investor(UUID.fromString(id), eur(0), eur(0), eur(0)))
                .toList();
    }

    @Test
    void invoices_are_filtered_by_issuer_status_and_winner() {
        var issuer = UUID.randomUUID();
        var open = UUID.randomUUID();
        var sold = UUID.randomUUID();
        var winner = new Bid(UUID.randomUUID(), UUID.randomUUID(), eur(20));
        scenario.bus()
                .publish(
                        new InvoiceCreated(open, issuer, eur(10)),
                        new InvoiceCreated(sold, issuer, eur(15)),
                        new InvoiceFinanced(sold, eur(15), winner));
        var available = available(open, issuer, eur(10));
        var financed = taken(INVOICE_STATUS_FINANCED, available(sold, issuer, eur(15)), winner);
        var ofIssuer =
                ListInvoicesRequest.newBuilder().setIssuerId(issuer.toString()).build();

        eventually(() -> assertThat(invoices(ofIssuer)).containsExactlyInAnyOrder(available, financed));
        assertThat(invoices(
                        ofIssuer.toBuilder().setStatus(INVOICE_STATUS_AVAILABLE).build()))
                .containsExactly(available);
        assertThat(invoices(
                        ofIssuer.toBuilder().setStatus(INVOICE_STATUS_FINANCED).build()))
                .containsExactly(financed);
        assertThat(invoices(ListInvoicesRequest.newBuilder()
                        .setInvestorId(winner.investorId().toString())
                        .build()))
                .containsExactly(financed);
    }

    private List<Invoice> invoices(ListInvoicesRequest request) {
        return scenario.queries().listInvoices(request).getInvoicesList();
    }

    @Test
    void bids_are_filtered_by_investor_invoice_and_status() {
        var investor = scenario.registerInvestor(eur(100));
        var rival = scenario.registerInvestor(eur(100));
        var invoice = scenario.invoiceFor(eur(10));
        var won = bidAndItsEnd(investor, invoice, 20);
        var late = bidAndItsEnd(rival, invoice, 30);
        var expectedWon = bid(won, investor, invoice, eur(20), BID_STATUS_WON, "");
        var expectedLate = bid(late, rival, invoice, eur(30), BID_STATUS_REJECTED, "INVOICE_NOT_AVAILABLE");
        var onInvoice =
                ListBidsRequest.newBuilder().setInvoiceId(invoice.toString()).build();

        eventually(() -> assertThat(bids(onInvoice)).containsExactlyInAnyOrder(expectedWon, expectedLate));
        assertThat(bids(onInvoice.toBuilder().setStatus(BID_STATUS_WON).build()))
                .containsExactly(expectedWon);
        assertThat(bids(onInvoice.toBuilder().setInvestorId(rival.toString()).build()))
                .containsExactly(expectedLate);
        assertThat(bids(ListBidsRequest.newBuilder()
                        .setInvestorId(investor.toString())
                        .build()))
                .containsExactly(expectedWon);
    }

    private UUID bidAndItsEnd(UUID investor, UUID invoice, long amount) {
        var offer = scenario.bid(investor, invoice, eur(amount));
        assertThat(scenario.events().setOffBy(offer.command(), 3)).hasSize(3);
        return offer.bid();
    }

    private List<dev.quadrille.proto.financing.v1.Bid> bids(ListBidsRequest request) {
        return scenario.queries().listBids(request).getBidsList();
    }
}
