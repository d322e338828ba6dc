package dev.quadrille.financing.invoice;

import static dev.quadrille.financing.Examples.BID;
import static dev.quadrille.financing.Examples.INVESTOR;
import static dev.quadrille.financing.Examples.INVOICE;
import static dev.quadrille.financing.Examples.ISSUER;
import static dev.quadrille.financing.Examples.OTHER_BID;
import static dev.quadrille.financing.Examples.eur;
import static dev.quadrille.financing.Examples.usd;
import static dev.quadrille.financing.invoice.BidRejectionReason.BID_TOO_LOW;
import static dev.quadrille.financing.invoice.BidRejectionReason.CURRENCY_MISMATCH;
import static dev.quadrille.financing.invoice.BidRejectionReason.INVOICE_NOT_AVAILABLE;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.quadrille.domain.Installation;
import dev.quadrille.financing.invoice.InvoiceCommand.ApproveFinancing;
import dev.quadrille.financing.invoice.InvoiceCommand.ProcessBid;
import dev.quadrille.financing.invoice.InvoiceCommand.ReverseFinancing;
import dev.quadrille.financing.invoice.InvoiceCommand.SellInvoice;
import dev.quadrille.financing.invoice.InvoiceEvent.BidOnInvoiceRejected;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceApproved;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceCreated;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceFinanced;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceReversed;
import dev.quadrille.testkit.DeciderScenario;
import java.util.List;
import org.joda.money.Money;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InvoiceDeciderTest {

    private static final Bid WINNER = bid(BID, eur(20));
    private static final InvoiceCreated CREATED = new InvoiceCreated(INVOICE, ISSUER, eur(10));
    private static final InvoiceFinanced FINANCED = new InvoiceFinanced(INVOICE, eur(10), WINNER);
    private static final InvoiceApproved APPROVED = new InvoiceApproved(INVOICE, eur(10), WINNER);
    private static final InvoiceReversed REVERSED = new InvoiceReversed(INVOICE, eur(10), WINNER);

    @Nested
    class Selling {

        private final SellInvoice sell = new SellInvoice(INVOICE, ISSUER, eur(10));

        @Test
        void an_invoice_of_an_issuer_is_created() {
            given().existing(ISSUER.stream()).when(sell).then(CREATED);
        }

        @Test
        void an_invoice_of_nobody_is_rejected() {
            given().when(sell).thenRejected("ISSUER_NOT_FOUND");
            given().existing(INVESTOR.stream()).when(sell).thenRejected("ISSUER_NOT_FOUND");
        }

        @Test
        void again_is_a_no_op_whatever_has_become_of_it() {
            given(CREATED).existing(ISSUER.stream()).when(sell).thenNothing();
            given(CREATED).when(sell).thenNothing();
            given(CREATED, FINANCED).when(sell).thenNothing();
            given(CREATED, FINANCED, APPROVED).when(sell).thenNothing();
            given(CREATED, FINANCED, REVERSED).when(sell).thenNothing();
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -1})
        void a_price_of_nothing_is_refused(long price) {
            assertThatIllegalArgumentException().isThrownBy(() -> new SellInvoice(INVOICE, ISSUER, eur(price)));
        }
    }

    @Nested
    class Processing_a_bid {

        @ParameterizedTest
        @ValueSource(longs = {10, 11, 1000})
        void the_first_that_reaches_the_asking_price_wins(long amount) {
            given(CREATED)
                    .when(process(bid(BID, eur(amount))))
                    .then(new InvoiceFinanced(INVOICE, eur(10), bid(BID, eur(amount))));
        }

        @Test
        void one_below_the_asking_price_is_too_low() {
            var low = bid(BID, eur(9));

            given(CREATED).when(process(low)).then(new BidOnInvoiceRejected(INVOICE, low, BID_TOO_LOW));
        }

        @Test
        void one_that_was_too_low_leaves_the_invoice_to_others() {
            given(CREATED, new BidOnInvoiceRejected(INVOICE, bid(OTHER_BID, eur(9)), BID_TOO_LOW))
                    .when(process(WINNER))
                    .then(FINANCED);
        }

        @Test
        void one_in_another_currency_is_rejected() {
            var dollars = bid(BID, usd(20));

            given(CREATED).when(process(dollars)).then(new BidOnInvoiceRejected(INVOICE, dollars, CURRENCY_MISMATCH));
        }

        @Test
        void one_that_comes_too_late_is_rejected_however_high() {
            var late = bid(OTHER_BID, eur(1000));
            var rejected = new BidOnInvoiceRejected(INVOICE, late, INVOICE_NOT_AVAILABLE);

            given(CREATED, FINANCED).when(process(late)).then(rejected);
            given(CREATED, FINANCED, APPROVED).when(process(late)).then(rejected);
            given(CREATED, FINANCED, REVERSED).when(process(late)).then(rejected);
        }

        @Test
        void the_winner_again_is_a_no_op() {
            given(CREATED, FINANCED).when(process(WINNER)).thenNothing();
            given(CREATED, FINANCED, APPROVED).when(process(WINNER)).thenNothing();
            given(CREATED, FINANCED, REVERSED).when(process(WINNER)).thenNothing();
        }

        @Test
        void there_has_to_be_an_invoice() {
            given().when(process(WINNER)).thenRejected("INVOICE_NOT_FOUND");
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -1})
        void a_bid_of_nothing_is_refused(long amount) {
            assertThatIllegalArgumentException().isThrownBy(() -> bid(BID, eur(amount)));
        }

        private static ProcessBid process(Bid bid) {
            return new ProcessBid(INVOICE, bid);
        }
    }

    @Nested
    class Approving {

        private final ApproveFinancing approve = new ApproveFinancing(INVOICE);

        @Test
        void a_financed_invoice_is_approved_for_the_asking_price() {
            given(CREATED, FINANCED).when(approve).then(APPROVED);
        }

        @Test
        void again_is_a_no_op() {
            given(CREATED, FINANCED, APPROVED).when(approve).thenNothing();
        }

        @Test
        void one_that_is_not_financed_is_not() {
            given(CREATED).when(approve).thenRejected("INVOICE_NOT_FINANCED");
            given(CREATED, FINANCED, REVERSED).when(approve).thenRejected("INVOICE_NOT_FINANCED");
            given().when(approve).thenRejected("INVOICE_NOT_FOUND");
        }
    }

    @Nested
    class Reversing {

        private final ReverseFinancing reverse = new ReverseFinancing(INVOICE);

        @Test
        void a_financed_invoice_is_reversed() {
            given(CREATED, FINANCED).when(reverse).then(REVERSED);
        }

        @Test
        void again_is_a_no_op() {
            given(CREATED, FINANCED, REVERSED).when(reverse).thenNothing();
        }

        @Test
        void one_that_is_not_financed_is_not() {
            given(CREATED).when(reverse).thenRejected("INVOICE_NOT_FINANCED");
            given(CREATED, FINANCED, APPROVED).when(reverse).thenRejected("INVOICE_NOT_FINANCED");
            given().when(reverse).thenRejected("INVOICE_NOT_FOUND");
        }
    }

    @Nested
    class A_stream_is_corrupt {

        static final List<List<InvoiceEvent>> HISTORIES = List.of(
                List.of(FINANCED),
                List.of(APPROVED),
                List.of(REVERSED),
                List.of(new BidOnInvoiceRejected(INVOICE, WINNER, BID_TOO_LOW)),
                List.of(CREATED, CREATED),
                List.of(CREATED, APPROVED),
                List.of(CREATED, REVERSED),
                List.of(CREATED, FINANCED, CREATED),
                List.of(CREATED, FINANCED, FINANCED),
                List.of(CREATED, FINANCED, APPROVED, REVERSED),
                List.of(CREATED, FINANCED, REVERSED, APPROVED),
                List.of(CREATED, FINANCED, REVERSED, FINANCED));

        @ParameterizedTest
        @FieldSource("HISTORIES")
        void in_which_this_has_happened(List<InvoiceEvent> history) {
            var scenario = given(history.toArray(InvoiceEvent[]::new));

            assertThatIllegalStateException().isThrownBy(() -> scenario.when(new ApproveFinancing(INVOICE)));
        }
    }

    private static DeciderScenario<InvoiceCommand, InvoiceEvent> given(InvoiceEvent... history) {
        return DeciderScenario.given(InvoiceDecider.aggregate(), Installation.codec(), history);
    }

    private static Bid bid(BidId bid, Money amount) {
        return new Bid(bid, INVESTOR, amount);
    }
}
