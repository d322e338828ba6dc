package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Expected.assertRejected;
import static dev.quadrille.acceptance.Expected.bid;
import static dev.quadrille.acceptance.Expected.investor;
import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_COMMITTED;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_REJECTED;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_RELEASED;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_WON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quadrille.acceptance.support.Amount;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.SystemUnderTest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Commands in, answers out, and the whole house between them. */
@AgainstEverySystem
class EndToEndIT {

    @AutoClose
    private final Scenario scenario;

    EndToEndIT(SystemUnderTest system) throws Exception {
        scenario = new Scenario(system.addresses());
    }

    @Test
    void a_winning_bid_reserves_the_asking_price_and_its_approval_spends_it() {
        var investor = scenario.registerInvestor(eur(100));
        var invoice = scenario.invoiceFor(eur(10));
        var offer = scenario.bid(investor, invoice, eur(20));
        eventually(() -> {
            assertThat(scenario.investor(investor)).isEqualTo(investor(investor, eur(90), eur(10), eur(0)));
            assertThat(scenario.bid(offer.bid()))
                    .isEqualTo(bid(offer.bid(), investor, invoice, eur(20), BID_STATUS_WON, ""));
        });

        scenario.approve(invoice);
        eventually(() -> {
            assertThat(scenario.investor(investor)).isEqualTo(investor(investor, eur(90), eur(0), eur(10)));
            assertThat(scenario.bid(offer.bid()))
                    .isEqualTo(bid(offer.bid(), investor, invoice, eur(20), BID_STATUS_COMMITTED, ""));
        });
    }

    @Test
    void a_reversal_gives_the_asking_price_back() {
        var investor = scenario.registerInvestor(eur(100));
        var invoice = scenario.invoiceFor(eur(10));
        var offer = scenario.bid(investor, invoice, eur(20));
        assertThat(scenario.events().setOffBy(offer.command(), 3)).hasSize(3);

        scenario.reverse(invoice);
        eventually(() -> {
            assertThat(scenario.investor(investor)).isEqualTo(investor(investor, eur(100), eur(0), eur(0)));
            assertThat(scenario.bid(offer.bid()))
                    .isEqualTo(bid(offer.bid(), investor, invoice, eur(20), BID_STATUS_RELEASED, ""));
        });
    }

    @Test
    void a_bid_on_an_invoice_that_does_not_exist_gets_all_back() {
        var investor = scenario.registerInvestor(eur(100));
        var nowhere = UUID.randomUUID();

        var offer = scenario.bid(investor, nowhere, eur(20));

        eventually(() -> {
            assertThat(scenario.bid(offer.bid()))
                    .isEqualTo(bid(offer.bid(), investor, nowhere, eur(20), BID_STATUS_REJECTED, "INVOICE_NOT_FOUND"));
            assertThat(scenario.investor(investor)).isEqualTo(investor(investor, eur(100), eur(0), eur(0)));
        });
    }

    @Test
    void a_bid_that_lost_says_why() {
        var investor = scenario.registerInvestor(eur(100));
        var inEuro = scenario.invoiceFor(eur(10));
        var inDollars = scenario.invoiceFor(new Amount("USD", "10.00"));

        loses(scenario.bid(investor, inEuro, eur(9)), investor, inEuro, eur(9), "BID_TOO_LOW");
        loses(scenario.bid(investor, inDollars, eur(20)), investor, inDollars, eur(20), "CURRENCY_MISMATCH");
    }

    private void loses(Scenario.Offer offer, UUID investor, UUID invoice, Amount amount, String reason) {
        eventually(() -> assertThat(scenario.bid(offer.bid()))
                .isEqualTo(bid(offer.bid(), investor, invoice, amount, BID_STATUS_REJECTED, reason)));
    }

    @Test
    void a_bid_that_the_investor_cannot_pay_is_none() {
        var investor = scenario.registerInvestor(eur(10));
        var invoice = scenario.invoiceFor(eur(10));

        var tooMuch = scenario.bid(investor, invoice, eur(11));
        var next = scenario.bid(investor, invoice, eur(10));

        rejects(tooMuch.command(), "INSUFFICIENT_FUNDS");
        var token = scenario.outcomeOf(next.command()).getConsistencyToken();
        assertThat(scenario.bid(next.bid(), token).getBidId())
                .isEqualTo(next.bid().toString());
        assertThatThrownBy(() -> scenario.bid(tooMuch.bid()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
    }

    @Test
    void what_cannot_be_is_rejected_with_its_reason() {
        var investor = scenario.registerInvestor(eur(100));
        var invoice = scenario.invoiceFor(eur(10));
        var stranger = UUID.randomUUID();

        rejects(scenario.bid(stranger, invoice, eur(20)).command(), "INVESTOR_NOT_FOUND");
        rejects(scenario.bid(investor, invoice, new Amount("USD", "20.00")).command(), "CURRENCY_MISMATCH");
        rejects(scenario.approve(stranger), "INVOICE_NOT_FOUND");
        rejects(scenario.reverse(stranger), "INVOICE_NOT_FOUND");
        rejects(scenario.approve(invoice), "INVOICE_NOT_FINANCED");
        rejects(scenario.reverse(invoice), "INVOICE_NOT_FINANCED");
    }

    private void rejects(UUID command, String reason) {
        assertRejected(scenario.outcomeOf(command), command, reason);
    }
}
