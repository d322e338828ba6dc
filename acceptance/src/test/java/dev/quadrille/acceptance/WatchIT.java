package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Expected.available;
import static dev.quadrille.acceptance.Expected.investor;
import static dev.quadrille.acceptance.Expected.taken;
import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static dev.quadrille.acceptance.support.Scenario.INVESTOR;
import static dev.quadrille.proto.financing.v1.InvoiceStatus.INVOICE_STATUS_AVAILABLE;
import static dev.quadrille.proto.financing.v1.InvoiceStatus.INVOICE_STATUS_FINANCED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.support.FinancingEvent.Bid;
import dev.quadrille.acceptance.support.FinancingEvent.InvestorCreated;
import dev.quadrille.acceptance.support.FinancingEvent.InvestorFundsAdded;
import dev.quadrille.acceptance.support.FinancingEvent.InvoiceCreated;
import dev.quadrille.acceptance.support.FinancingEvent.InvoiceFinanced;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.SystemUnderTest;
import dev.quadrille.proto.financing.v1.WatchInvestorsRequest;
import dev.quadrille.proto.financing.v1.WatchInvoicesRequest;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * A watch tells what matches now, then the newest state of each row that changes. Each of these waits for one change
 * before it makes the next, as changes may come as one. A watch that tells nothing ends with its deadline, as an error.
 */
@AgainstEverySystem
class WatchIT {

    @AutoClose
    private final Scenario scenario;

    WatchIT(SystemUnderTest system) throws Exception {
        scenario = new Scenario(system.addresses());
    }

    @Test
    void investors_are_told_as_they_are_and_whenever_they_change() {
        var investor = UUID.randomUUID();
        var other = UUID.randomUUID();
        scenario.bus().publish(new InvestorCreated(investor, INVESTOR, "EUR"));
        eventually(() -> scenario.investor(investor));

        var watch = scenario.queries()
                .watchInvestors(WatchInvestorsRequest.newBuilder()
                        .addInvestorIds(investor.toString())
                        .build());
        assertThat(watch.next().getInvestor()).isEqualTo(investor(investor, eur(0), eur(0), eur(0)));

        scenario.bus().publish(new InvestorCreated(other, INVESTOR, "EUR"), new InvestorFundsAdded(investor, eur(20)));
        assertThat(watch.next().getInvestor()).isEqualTo(investor(investor, eur(20), eur(0), eur(0)));

        scenario.bus().publish(new InvestorFundsAdded(other, eur(5)), new InvestorFundsAdded(investor, eur(30)));
        assertThat(watch.next().getInvestor()).isEqualTo(investor(investor, eur(50), eur(0), eur(0)));
    }

    @Test
    void invoices_are_told_from_their_beginning() {
        var issuer = UUID.randomUUID();
        var invoice = UUID.randomUUID();
        var watch = scenario.queries()
                .watchInvoices(WatchInvoicesRequest.newBuilder()
                        .setIssuerId(issuer.toString())
                        .build());

        scenario.bus().publish(new InvoiceCreated(invoice, issuer, eur(15)));
        var sold = available(invoice, issuer, eur(15));
        assertThat(watch.next().getInvoice()).isEqualTo(sold);

        var bid = new Bid(UUID.randomUUID(), UUID.randomUUID(), eur(20));
        scenario.bus().publish(new InvoiceFinanced(invoice, eur(15), bid));
        assertThat(watch.next().getInvoice()).isEqualTo(taken(INVOICE_STATUS_FINANCED, sold, bid));
    }

    @Test
    void an_invoice_that_no_longer_matches_is_not_told_again() {
        var issuer = UUID.randomUUID();
        var first = UUID.randomUUID();
        var second = UUID.randomUUID();
        var watch = scenario.queries()
                .watchInvoices(WatchInvoicesRequest.newBuilder()
                        .setIssuerId(issuer.toString())
                        .setStatus(INVOICE_STATUS_AVAILABLE)
                        .build());
        scenario.bus().publish(new InvoiceCreated(first, issuer, eur(15)));
        assertThat(watch.next().getInvoice()).isEqualTo(available(first, issuer, eur(15)));

        var bid = new Bid(UUID.randomUUID(), UUID.randomUUID(), eur(20));
        scenario.bus().publish(new InvoiceFinanced(first, eur(15), bid), new InvoiceCreated(second, issuer, eur(20)));

        assertThat(watch.next().getInvoice()).isEqualTo(available(second, issuer, eur(20)));
    }
}
