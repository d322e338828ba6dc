package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Expected.assertAccepted;
import static dev.quadrille.acceptance.Expected.assertRejected;
import static dev.quadrille.acceptance.Expected.at;
import static dev.quadrille.acceptance.Expected.facts;
import static dev.quadrille.acceptance.Expected.rejection;
import static dev.quadrille.acceptance.Expected.rejectionOf;
import static dev.quadrille.acceptance.Expected.written;
import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.FinancingEvent.investorStream;
import static dev.quadrille.acceptance.support.FinancingEvent.invoiceStream;
import static dev.quadrille.acceptance.support.FinancingEvent.issuerStream;
import static dev.quadrille.acceptance.support.Scenario.INVESTOR;
import static dev.quadrille.acceptance.support.Scenario.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.support.FinancingEvent.Bid;
import dev.quadrille.acceptance.support.FinancingEvent.BidOnInvoicePlaced;
import dev.quadrille.acceptance.support.FinancingEvent.BidOnInvoiceRejected;
import dev.quadrille.acceptance.support.FinancingEvent.CommandRejected;
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
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Commands in, events on the bus out. Reading an event holds all its attributes against the contract, so here only its
 * body and its place are compared. That nothing happened shows in a later event of the same stream, which takes the next
 * version.
 */
@AgainstEverySystem
class CommandSideIT {

    @AutoClose
    private final Scenario scenario;

    CommandSideIT(SystemUnderTest system) throws Exception {
        scenario = new Scenario(system.addresses());
    }

    @Test
    void scenario_1_a_registered_investor_has_an_account_with_the_balance() {
        var investor = scenario.registerInvestor(eur(100));

        assertThat(facts(scenario.events().in(investorStream(investor), 2)))
                .containsExactly(
                        at(1, new InvestorCreated(investor, INVESTOR, "EUR")),
                        at(2, new InvestorFundsAdded(investor, eur(100))));
    }

    @Test
    void scenario_2_a_registered_issuer_sells_an_invoice() {
        var issuer = scenario.registerIssuer();
        var sale = scenario.sell(issuer, eur(20));

        assertThat(facts(scenario.events().in(issuerStream(issuer), 1)))
                .containsExactly(at(1, new IssuerCreated(issuer, ISSUER)));
        assertThat(facts(scenario.events().setOffBy(sale.command(), 1)))
                .containsExactly(at(1, new InvoiceCreated(sale.invoice(), issuer, eur(20))));
        assertAccepted(scenario.outcomeOf(sale.command()), sale.command(), written(invoiceStream(sale.invoice()), 1));
    }

    @Test
    void scenario_3_an_issuer_nobody_registered_sells_nothing() {
        var stranger = UUID.randomUUID();
        var sale = scenario.sell(stranger, eur(20));

        var outcome = scenario.outcomeOf(sale.command());
        assertRejected(outcome, sale.command(), "ISSUER_NOT_FOUND");
        assertThat(facts(scenario.events().setOffBy(sale.command(), 1)))
                .containsExactly(rejectionOf("SellInvoice", invoiceStream(sale.invoice()), outcome, """
                        {"invoiceId":"%s","issuerId":"%s","askingPrice":{"currency":"EUR","amount":"20.00"}}
                        """.formatted(
                                sale.invoice(), stranger)));

        scenario.registerIssuer(stranger);
        assertThat(facts(scenario.events().in(issuerStream(stranger), 1)))
                .containsExactly(at(1, new IssuerCreated(stranger, ISSUER)));
        assertThatNoInvoiceIsThere(sale.invoice());
        assertThat(scenario.events().setOffBy(sale.command(), 1)).hasSize(1);
    }

    private void assertThatNoInvoiceIsThere(UUID invoice) {
        var investor = scenario.registerInvestor(eur(100));
        var offer = scenario.bid(investor, invoice, eur(20));

        var saga = scenario.events().setOffBy(offer.command(), 3);
        assertThat(saga).hasSize(3);
        var refused = (CommandRejected) saga.get(1).event();
        assertThat(facts(saga))
                .containsExactly(
                        at(3, new BidOnInvoicePlaced(investor, invoice, offer.bid(), eur(20))),
                        rejection(
                                refused.commandId(),
                                "ProcessBid",
                                invoiceStream(invoice),
                                "INVOICE_NOT_FOUND",
                                refused.message(),
                                """
                                {"invoiceId":"%s",
                                 "bid":{"bidId":"%s","investorId":"%s","amount":{"currency":"EUR","amount":"20.00"}}}
                                """.formatted(invoice, offer.bid(), investor)),
                        at(4, new InvestorFundsReleased(investor, offer.bid(), eur(20))));
        assertThat(scenario.events().in(invoiceStream(invoice), 0)).isEmpty();
    }

    @Test
    void scenario_4_a_bid_above_the_asking_price_finances_the_invoice_and_gets_the_rest_back() {
        var investor = scenario.registerInvestor(eur(100));
        var invoice = scenario.invoiceFor(eur(10));

        var offer = scenario.bid(investor, invoice, eur(20));

        var winner = new Bid(offer.bid(), investor, eur(20));
        assertThat(facts(scenario.events().setOffBy(offer.command(), 3)))
                .containsExactly(
                        at(3, new BidOnInvoicePlaced(investor, invoice, offer.bid(), eur(20))),
                        at(2, new InvoiceFinanced(invoice, eur(10), winner)),
                        at(4, new InvestorFundsReleased(investor, offer.bid(), eur(10))));
        assertAccepted(scenario.outcomeOf(offer.command()), offer.command(), written(investorStream(investor), 3));
    }

    @Test
    void scenario_5_a_bid_below_the_asking_price_gets_all_back() {
        var investor = scenario.registerInvestor(eur(100));
        var invoice = scenario.invoiceFor(eur(10));

        var offer = scenario.bid(investor, invoice, eur(5));

        var loser = new Bid(offer.bid(), investor, eur(5));
        assertThat(facts(scenario.events().setOffBy(offer.command(), 3)))
                .containsExactly(
                        at(3, new BidOnInvoicePlaced(investor, invoice, offer.bid(), eur(5))),
                        at(2, new BidOnInvoiceRejected(invoice, loser, "BID_TOO_LOW")),
                        at(4, new InvestorFundsReleased(investor, offer.bid(), eur(5))));
        assertAccepted(scenario.outcomeOf(offer.command()), offer.command(), written(investorStream(investor), 3));
    }

    @Test
    void scenario_6_a_bid_above_the_balance_is_rejected() {
        var investor = scenario.registerInvestor(eur(5));
        var invoice = scenario.invoiceFor(eur(10));

        var offer = scenario.bid(investor, invoice, eur(10));

        var outcome = scenario.outcomeOf(offer.command());
        assertRejected(outcome, offer.command(), "INSUFFICIENT_FUNDS");
        assertThat(facts(scenario.events().setOffBy(offer.command(), 1)))
                .containsExactly(rejectionOf("BidOnInvoice", investorStream(investor), outcome, """
                        {"investorId":"%s","bidId":"%s","invoiceId":"%s","amount":{"currency":"EUR","amount":"10.00"}}
                        """.formatted(
                                investor, offer.bid(), invoice)));

        var affordable = scenario.bid(investor, invoice, eur(5));
        assertThat(facts(scenario.events().setOffBy(affordable.command(), 3)))
                .startsWith(
                        at(3, new BidOnInvoicePlaced(investor, invoice, affordable.bid(), eur(5))),
                        at(
                                2,
                                new BidOnInvoiceRejected(
                                        invoice, new Bid(affordable.bid(), investor, eur(5)), "BID_TOO_LOW")));
        assertThat(scenario.events().setOffBy(offer.command(), 1)).hasSize(1);
    }

    @Test
    void scenario_7_an_approved_financing_spends_the_asking_price() {
        var investor = scenario.registerInvestor(eur(100));
        var invoice = scenario.invoiceFor(eur(10));
        var winner = wins(investor, invoice, 20);

        var approval = scenario.approve(invoice);

        assertThat(facts(scenario.events().setOffBy(approval, 2)))
                .containsExactly(
                        at(3, new InvoiceApproved(invoice, eur(10), winner)),
                        at(5, new InvestorFundsCommitted(investor, winner.bidId(), eur(10))));
        assertAccepted(scenario.outcomeOf(approval), approval, written(invoiceStream(invoice), 3));
    }

    @Test
    void scenario_8_a_reversed_financing_gives_the_asking_price_back() {
        var investor = scenario.registerInvestor(eur(100));
        var invoice = scenario.invoiceFor(eur(10));
        var winner = wins(investor, invoice, 20);

        var reversal = scenario.reverse(invoice);

        assertThat(facts(scenario.events().setOffBy(reversal, 2)))
                .containsExactly(
                        at(3, new InvoiceReversed(invoice, eur(10), winner)),
                        at(5, new InvestorFundsReleased(investor, winner.bidId(), eur(10))));
        assertAccepted(scenario.outcomeOf(reversal), reversal, written(invoiceStream(invoice), 3));
    }

    private Bid wins(UUID investor, UUID invoice, long amount) {
        var offer = scenario.bid(investor, invoice, eur(amount));
        assertThat(scenario.events().setOffBy(offer.command(), 3)).hasSize(3);
        return new Bid(offer.bid(), investor, eur(amount));
    }
}
