package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Expected.available;
import static dev.quadrille.acceptance.support.Amount.eur;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.SystemUnderTest;
import dev.quadrille.proto.financing.v1.InvoiceStatus;
import dev.quadrille.proto.financing.v1.ListInvoicesRequest;
import dev.quadrille.proto.financing.v1.WatchInvoicesRequest;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** P12: a read that brings the token of an outcome shows what that command wrote, at the first try. */
@AgainstEverySystem
class ReadYourWriteIT {

    @AutoClose
    private final Scenario scenario;

    ReadYourWriteIT(SystemUnderTest system) throws Exception {
        scenario = new Scenario(system.addresses());
    }

    @RepeatedTest(5)
    void P12_a_get_shows_it() {
        var issuer = scenario.registerIssuer();
        var sale = scenario.sell(issuer, eur(10));

        assertThat(scenario.invoice(sale.invoice(), tokenOf(sale.command())))
                .isEqualTo(available(sale.invoice(), issuer, eur(10)));
    }

    @Test
    void P12_a_list_shows_it() {
        var issuer = scenario.registerIssuer();
        var sale = scenario.sell(issuer, eur(10));

        assertThat(scenario.queries()
                        .listInvoices(ListInvoicesRequest.newBuilder()
                                .setIssuerId(issuer.toString())
                                .setConsistencyToken(tokenOf(sale.command()))
                                .build())
                        .getInvoicesList())
                .containsExactly(available(sale.invoice(), issuer, eur(10)));
    }

    @Test
    void P12_a_watch_begins_with_it() {
        var issuer = scenario.registerIssuer();
        var sale = scenario.sell(issuer, eur(10));

        assertThat(scenario.queries()
                        .watchInvoices(WatchInvoicesRequest.newBuilder()
                                .setIssuerId(issuer.toString())
                                .setConsistencyToken(tokenOf(sale.command()))
                                .build())
                        .next()
                        .getInvoice())
                .isEqualTo(available(sale.invoice(), issuer, eur(10)));
    }

    @Test
    void P12_a_bid_and_its_reservation_are_shown() {
        var investor = scenario.registerInvestor(eur(100));
        var invoice = scenario.invoiceFor(eur(10));
        var offer = scenario.bid(investor, invoice, eur(20));
        var token = tokenOf(offer.command());

        assertThat(scenario.bid(offer.bid(), token).getAmount()).isEqualTo(eur(20).money());
        // The saga may have given back the half of it already.
        assertThat(scenario.investor(investor, token).getReserved()).isIn(eur(20).money(), eur(10).money());
    }

    @Test
    void P12_an_approval_is_shown() {
        var investor = scenario.registerInvestor(eur(100));
        var invoice = scenario.invoiceFor(eur(10));
        var offer = scenario.bid(investor, invoice, eur(20));
        assertThat(scenario.events().setOffBy(offer.command(), 3)).hasSize(3);

        var approval = scenario.approve(invoice);

        assertThat(scenario.invoice(invoice, tokenOf(approval)).getStatus())
                .isEqualTo(InvoiceStatus.INVOICE_STATUS_APPROVED);
    }

    private String tokenOf(UUID command) {
        return scenario.outcomeOf(command).getConsistencyToken();
    }
}
