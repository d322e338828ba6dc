package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Expected.available;
import static dev.quadrille.acceptance.Expected.investor;
import static dev.quadrille.acceptance.Expected.taken;
import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static dev.quadrille.acceptance.support.Scenario.INVESTOR;
import static dev.quadrille.acceptance.support.Scenario.ISSUER;
import static dev.quadrille.proto.financing.v1.InvoiceStatus.INVOICE_STATUS_APPROVED;
import static dev.quadrille.proto.financing.v1.InvoiceStatus.INVOICE_STATUS_FINANCED;
import static dev.quadrille.proto.financing.v1.InvoiceStatus.INVOICE_STATUS_REVERSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.support.Amount;
import dev.quadrille.acceptance.support.FinancingEvent.Bid;
import dev.quadrille.acceptance.support.FinancingEvent.BidOnInvoicePlaced;
import dev.quadrille.acceptance.support.FinancingEvent.InvestorCreated;
import dev.quadrille.acceptance.support.FinancingEvent.InvestorFundsAdded;
import dev.quadrille.acceptance.support.FinancingEvent.InvestorFundsCommitted;
import dev.quadrille.acceptance.support.FinancingEvent.InvestorFundsReleased;
import dev.quadrille.acceptance.support.FinancingEvent.InvoiceApproved;
import dev.quadrille.acceptance.support.FinancingEvent.InvoiceCreated;
import dev.quadrille.acceptance.support.FinancingEvent.InvoiceFinanced;
import dev.quadrille.acceptance.support.FinancingEvent.InvoiceReversed;
import dev.quadrille.acceptance.support.FinancingEvent.IssuerCreated;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.SystemUnderTest;
import dev.quadrille.proto.financing.v1.Issuer;
import dev.quadrille.proto.financing.v1.ListBidsRequest;
import dev.quadrille.proto.financing.v1.ListBidsResponse;
import dev.quadrille.proto.financing.v1.ListInvestorsRequest;
import dev.quadrille.proto.financing.v1.ListInvestorsResponse;
import dev.quadrille.proto.financing.v1.ListInvoicesRequest;
import dev.quadrille.proto.financing.v1.ListInvoicesResponse;
import dev.quadrille.proto.financing.v1.ListIssuersRequest;
import dev.quadrille.proto.financing.v1.ListIssuersResponse;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Events on the bus in, published by hand, answers out. */
@AgainstEverySystem
class QuerySideIT {

    @AutoClose
    private final Scenario scenario;

    private final UUID investor = UUID.randomUUID();
    private final UUID issuer = UUID.randomUUID();
    private final UUID invoice = UUID.randomUUID();

    QuerySideIT(SystemUnderTest system) throws Exception {
        scenario = new Scenario(system.addresses());
    }

    @Test
    void lists_are_empty_for_ids_that_nobody_used() {
        opensAccount(investor);
        eventually(() -> showsInvestor(eur(0), eur(0), eur(0)));

        var nobody = UUID.randomUUID().toString();
        var queries = scenario.queries();
        assertThat(queries.listInvestors(
                        ListInvestorsRequest.newBuilder().addInvestorIds(nobody).build()))
                .isEqualTo(ListInvestorsResponse.getDefaultInstance());
        assertThat(queries.listIssuers(
                        ListIssuersRequest.newBuilder().addIssuerIds(nobody).build()))
                .isEqualTo(ListIssuersResponse.getDefaultInstance());
        assertThat(queries.listInvoices(
                        ListInvoicesRequest.newBuilder().setIssuerId(nobody).build()))
                .isEqualTo(ListInvoicesResponse.getDefaultInstance());
        assertThat(queries.listInvoices(
                        ListInvoicesRequest.newBuilder().setInvestorId(nobody).build()))
                .isEqualTo(ListInvoicesResponse.getDefaultInstance());
        assertThat(queries.listBids(
                        ListBidsRequest.newBuilder().setInvestorId(nobody).build()))
                .isEqualTo(ListBidsResponse.getDefaultInstance());
        assertThat(queries.listBids(
                        ListBidsRequest.newBuilder().setInvoiceId(nobody).build()))
                .isEqualTo(ListBidsResponse.getDefaultInstance());
    }

    @Test
    void an_issuer_is_shown() {
        scenario.bus().publish(new IssuerCreated(issuer, ISSUER));

        eventually(() -> assertThat(scenario.issuer(issuer))
                .isEqualTo(Issuer.newBuilder()
                        .setIssuerId(issuer.toString())
                        .setName(ISSUER)
                        .build()));
    }

    @Test
    void new_investors_have_nothing() {
        var other = UUID.randomUUID();
        opensAccount(investor);
        opensAccount(other);

        eventually(() -> assertThat(scenario.queries()
                        .listInvestors(ListInvestorsRequest.newBuilder()
                                .addInvestorIds(investor.toString())
                                .addInvestorIds(other.toString())
                                .build())
                        .getInvestorsList())
                .containsExactlyInAnyOrder(
                        investor(investor, eur(0), eur(0), eur(0)), investor(other, eur(0), eur(0), eur(0))));
    }

    @Test
    void funds_add_up() {
        opensAccount(investor);
        scenario.bus().publish(new InvestorFundsAdded(investor, eur(20)), new InvestorFundsAdded(investor, eur(30)));

        eventually(() -> showsInvestor(eur(50), eur(0), eur(0)));
    }

    @Test
    void a_won_bid_reserves_the_asking_price() {
        winsAndGetsTheRestBack();

        eventually(() -> showsInvestor(eur(15), eur(15), eur(0)));
    }

    @Test
    void an_approved_financing_spends_what_was_reserved() {
        approves(winsAndGetsTheRestBack());

        eventually(() -> showsInvestor(eur(15), eur(0), eur(15)));
    }

    @Test
    void a_reversed_financing_gives_back_what_was_reserved() {
        reverses(winsAndGetsTheRestBack());

        eventually(() -> showsInvestor(eur(30), eur(0), eur(0)));
    }

    @Test
    void an_approved_financing_of_all_funds_leaves_nothing() {
        approves(wins(eur(15), eur(15)));

        eventually(() -> showsInvestor(eur(0), eur(0), eur(15)));
    }

    @Test
    void a_reversed_financing_of_all_funds_gives_all_back() {
        reverses(wins(eur(15), eur(15)));

        eventually(() -> showsInvestor(eur(15), eur(0), eur(0)));
    }

    @Test
    void new_invoices_are_available_and_without_a_bid() {
        var other = UUID.randomUUID();
        scenario.bus()
                .publish(new InvoiceCreated(invoice, issuer, eur(15)), new InvoiceCreated(other, issuer, eur(20)));

        eventually(() -> assertThat(scenario.queries()
                        .listInvoices(ListInvoicesRequest.newBuilder()
                                .setIssuerId(issuer.toString())
                                .build())
                        .getInvoicesList())
                .containsExactlyInAnyOrder(available(invoice, issuer, eur(15)), available(other, issuer, eur(20))));
    }

    @Test
    void a_financed_invoice_shows_its_winning_bid_also_when_it_is_approved() {
        var bid = financed();
        var sold = available(invoice, issuer, eur(15));
        eventually(() -> assertThat(scenario.invoice(invoice)).isEqualTo(taken(INVOICE_STATUS_FINANCED, sold, bid)));

        scenario.bus().publish(new InvoiceApproved(invoice, eur(15), bid));
        eventually(() -> assertThat(scenario.invoice(invoice)).isEqualTo(taken(INVOICE_STATUS_APPROVED, sold, bid)));
    }

    @Test
    void a_reversed_invoice_shows_its_winning_bid() {
        var bid = financed();
        scenario.bus().publish(new InvoiceReversed(invoice, eur(15), bid));

        var sold = available(invoice, issuer, eur(15));
        eventually(() -> assertThat(scenario.invoice(invoice)).isEqualTo(taken(INVOICE_STATUS_REVERSED, sold, bid)));
    }

    private void opensAccount(UUID id) {
        scenario.bus().publish(new InvestorCreated(id, INVESTOR, "EUR"));
    }

    private Bid financed() {
        var bid = new Bid(UUID.randomUUID(), investor, eur(20));
        scenario.bus()
                .publish(new InvoiceCreated(invoice, issuer, eur(15)), new InvoiceFinanced(invoice, eur(15), bid));
        return bid;
    }

    private Bid winsAndGetsTheRestBack() {
        var bid = wins(eur(30), eur(20));
        scenario.bus().publish(new InvestorFundsReleased(investor, bid.bidId(), eur(5)));
        return bid;
    }

    /** Opens an account with these funds and bids this on an invoice of 15. */
    private Bid wins(Amount funds, Amount offered) {
        var bid = new Bid(UUID.randomUUID(), investor, offered);
        opensAccount(investor);
        scenario.bus()
                .publish(
                        new InvestorFundsAdded(investor, funds),
                        new InvoiceCreated(invoice, issuer, eur(15)),
                        new BidOnInvoicePlaced(investor, invoice, bid.bidId(), offered),
                        new InvoiceFinanced(invoice, eur(15), bid));
        return bid;
    }

    private void approves(Bid bid) {
        scenario.bus()
                .publish(
                        new InvoiceApproved(invoice, eur(15), bid),
                        new InvestorFundsCommitted(investor, bid.bidId(), eur(15)));
    }

    private void reverses(Bid bid) {
        scenario.bus()
                .publish(
                        new InvoiceReversed(invoice, eur(15), bid),
                        new InvestorFundsReleased(investor, bid.bidId(), eur(15)));
    }

    private void showsInvestor(Amount balance, Amount reserved, Amount committed) {
        assertThat(scenario.investor(investor)).isEqualTo(investor(investor, balance, reserved, committed));
    }
}
