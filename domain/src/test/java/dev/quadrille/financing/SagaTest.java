package dev.quadrille.financing;

import static dev.quadrille.financing.Examples.BID;
import static dev.quadrille.financing.Examples.INVESTOR;
import static dev.quadrille.financing.Examples.INVOICE;
import static dev.quadrille.financing.Examples.ISSUER;
import static dev.quadrille.financing.Examples.eur;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.domain.Installation;
import dev.quadrille.financing.investor.InvestorCommand.BidOnInvoice;
import dev.quadrille.financing.investor.InvestorCommand.CommitFunds;
import dev.quadrille.financing.investor.InvestorCommand.ReleaseFunds;
import dev.quadrille.financing.investor.InvestorEvent.BidOnInvoicePlaced;
import dev.quadrille.financing.investor.InvestorEvent.InvestorCreated;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsAdded;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsCommitted;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsReleased;
import dev.quadrille.financing.invoice.Bid;
import dev.quadrille.financing.invoice.BidRejectionReason;
import dev.quadrille.financing.invoice.InvoiceCommand.ProcessBid;
import dev.quadrille.financing.invoice.InvoiceEvent.BidOnInvoiceRejected;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceApproved;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceCreated;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceFinanced;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceReversed;
import dev.quadrille.financing.issuer.IssuerEvent.IssuerCreated;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.Policy;
import dev.quadrille.testkit.PolicyScenario;
import java.util.List;
import java.util.UUID;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SagaTest {

    private static final Bid BID_OF_20 = new Bid(BID, INVESTOR, eur(20));
    private static final ReleaseFunds RELEASE_ALL = new ReleaseFunds(INVESTOR, BID, eur(20));

    static final List<Event> ENDS_OF_THE_SAGA = List.of(
            new IssuerCreated(ISSUER, "Harbor & Sons"),
            new InvestorCreated(INVESTOR, "Ada", CurrencyUnit.EUR),
            new InvestorFundsAdded(INVESTOR, eur(20)),
            new InvestorFundsReleased(INVESTOR, BID, eur(20)),
            new InvestorFundsCommitted(INVESTOR, BID, eur(20)),
            new InvoiceCreated(INVOICE, ISSUER, eur(10)));

    @Test
    void a_placed_bid_is_processed() {
        whenever(new BidOnInvoicePlaced(INVESTOR, INVOICE, BID, eur(20))).then(new ProcessBid(INVOICE, BID_OF_20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVOICE_NOT_FOUND", "DISCARDED"})
    void a_bid_that_could_not_be_processed_is_released_whatever_the_reason(String reason) {
        whenever(rejected("ProcessBid", reason, new ProcessBid(INVOICE, BID_OF_20)))
                .then(RELEASE_ALL);
    }

    @Test
    void any_other_rejected_command_is_left_alone() {
        whenever(rejected("BidOnInvoice", "INSUFFICIENT_FUNDS", new BidOnInvoice(INVESTOR, BID, INVOICE, eur(20))))
                .thenNothing();
        whenever(rejected("ReleaseFunds", "INVESTOR_NOT_FOUND", RELEASE_ALL)).thenNothing();
        whenever(rejected("Unheard", "NOT_KNOWN_HERE", null)).thenNothing();
    }

    @ParameterizedTest
    @EnumSource
    void a_rejected_bid_is_released_as_a_whole(BidRejectionReason reason) {
        whenever(new BidOnInvoiceRejected(INVOICE, BID_OF_20, reason)).then(RELEASE_ALL);
    }

    @Test
    void of_the_winning_bid_what_exceeds_the_asking_price_is_released() {
        whenever(new InvoiceFinanced(INVOICE, eur(15), BID_OF_20)).then(new ReleaseFunds(INVESTOR, BID, eur(5)));
    }

    @Test
    void of_a_bid_of_exactly_the_asking_price_nothing_is_released() {
        whenever(new InvoiceFinanced(INVOICE, eur(20), BID_OF_20)).thenNothing();
    }

    @Test
    void an_approval_commits_the_asking_price() {
        whenever(new InvoiceApproved(INVOICE, eur(15), BID_OF_20)).then(new CommitFunds(INVESTOR, BID, eur(15)));
    }

    @Test
    void a_reversal_releases_the_asking_price() {
        whenever(new InvoiceReversed(INVOICE, eur(15), BID_OF_20)).then(new ReleaseFunds(INVESTOR, BID, eur(15)));
    }

    @ParameterizedTest
    @FieldSource("ENDS_OF_THE_SAGA")
    void to_everything_else_there_is_no_answer(Event event) {
        whenever(event).thenNothing();
    }

    @Test
    void P5_the_keys_of_the_policies_never_change() {
        assertThat(Financing.policies())
                .extracting(Policy::key)
                .containsExactly(
                        UUID.fromString("5f7f0c1e-6a4a-4b1e-9a53-0d4d4c9a7a01"),
                        UUID.fromString("5f7f0c1e-6a4a-4b1e-9a53-0d4d4c9a7a02"),
                        UUID.fromString("5f7f0c1e-6a4a-4b1e-9a53-0d4d4c9a7a03"),
                        UUID.fromString("5f7f0c1e-6a4a-4b1e-9a53-0d4d4c9a7a04"),
                        UUID.fromString("5f7f0c1e-6a4a-4b1e-9a53-0d4d4c9a7a05"),
                        UUID.fromString("5f7f0c1e-6a4a-4b1e-9a53-0d4d4c9a7a06"));
    }

    private static PolicyScenario whenever(Event event) {
        return PolicyScenario.whenever(Financing.policies(), Installation.codec(), event);
    }

    private static CommandRejected rejected(String type, String reason, @Nullable Command command) {
        return new CommandRejected(
                new UUID(0, 1), "financing." + type + ".v1", INVOICE.stream(), reason, "For people", command);
    }
}
