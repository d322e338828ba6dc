package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Expected.at;
import static dev.quadrille.acceptance.Expected.facts;
import static dev.quadrille.acceptance.Expected.investor;
import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static dev.quadrille.acceptance.support.Scenario.INVESTOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.support.FinancingEvent.Bid;
import dev.quadrille.acceptance.support.FinancingEvent.BidOnInvoicePlaced;
import dev.quadrille.acceptance.support.FinancingEvent.BidOnInvoiceRejected;
import dev.quadrille.acceptance.support.FinancingEvent.InvestorCreated;
import dev.quadrille.acceptance.support.FinancingEvent.InvestorFundsAdded;
import dev.quadrille.acceptance.support.FinancingEvent.InvestorFundsReleased;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.SystemUnderTest;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** P5: what comes again on the bus, or early, changes nothing. */
@AgainstEverySystem
class RepeatIT {

    @AutoClose
    private final Scenario scenario;

    RepeatIT(SystemUnderTest system) throws Exception {
        scenario = new Scenario(system.addresses());
    }

    @Test
    void P5_an_event_that_comes_again_is_shown_once() {
        var investor = UUID.randomUUID();
        var begun = scenario.bus()
                .publish(new InvestorCreated(investor, INVESTOR, "EUR"), new InvestorFundsAdded(investor, eur(20)));
        scenario.bus().publish(begun);
        scenario.bus().publish(begun);
        scenario.bus().publish(new InvestorFundsAdded(investor, eur(30)));

        eventually(
                () -> assertThat(scenario.investor(investor)).isEqualTo(investor(investor, eur(50), eur(0), eur(0))));
    }

    @Test
    void P5_an_early_event_waits_for_its_predecessor() {
        var investor = UUID.randomUUID();
        var history = scenario.bus()
                .history(
                        new InvestorCreated(investor, INVESTOR, "EUR"),
                        new InvestorFundsAdded(investor, eur(20)),
                        new InvestorFundsAdded(investor, eur(30)));
        scenario.bus().publish(history.reversed());

        eventually(
                () -> assertThat(scenario.investor(investor)).isEqualTo(investor(investor, eur(50), eur(0), eur(0))));
    }

    @Test
    void P5_a_saga_that_comes_again_moves_no_money() {
        var investor = scenario.registerInvestor(eur(100));
        var invoice = scenario.invoiceFor(eur(10));
        var offer = scenario.bid(investor, invoice, eur(20));
        var saga = scenario.events().setOffBy(offer.command(), 3);
        assertThat(saga).hasSize(3);

        scenario.bus().publish(saga);
        scenario.bus().publish(saga);
        var next = scenario.bid(investor, invoice, eur(30));

        assertThat(facts(scenario.events().setOffBy(next.command(), 3)))
                .containsExactly(
                        at(5, new BidOnInvoicePlaced(investor, invoice, next.bid(), eur(30))),
                        at(
                                3,
                                new BidOnInvoiceRejected(
                                        invoice, new Bid(next.bid(), investor, eur(30)), "INVOICE_NOT_AVAILABLE")),
                        at(6, new InvestorFundsReleased(investor, next.bid(), eur(30))));
        eventually(
                () -> assertThat(scenario.investor(investor)).isEqualTo(investor(investor, eur(90), eur(10), eur(0))));
    }
}
