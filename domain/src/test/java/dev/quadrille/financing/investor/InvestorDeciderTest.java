package dev.quadrille.financing.investor;

import static dev.quadrille.financing.Examples.BID;
import static dev.quadrille.financing.Examples.INVESTOR;
import static dev.quadrille.financing.Examples.INVOICE;
import static dev.quadrille.financing.Examples.OTHER_BID;
import static dev.quadrille.financing.Examples.eur;
import static dev.quadrille.financing.Examples.usd;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.quadrille.domain.Installation;
import dev.quadrille.financing.investor.InvestorCommand.BidOnInvoice;
import dev.quadrille.financing.investor.InvestorCommand.CommitFunds;
import dev.quadrille.financing.investor.InvestorCommand.CreateInvestor;
import dev.quadrille.financing.investor.InvestorCommand.ReleaseFunds;
import dev.quadrille.financing.investor.InvestorEvent.BidOnInvoicePlaced;
import dev.quadrille.financing.investor.InvestorEvent.InvestorCreated;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsAdded;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsCommitted;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsReleased;
import dev.quadrille.financing.invoice.BidId;
import dev.quadrille.testkit.DeciderScenario;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InvestorDeciderTest {

    private static final InvestorCreated CREATED = new InvestorCreated(INVESTOR, "Ada", CurrencyUnit.EUR);
    private static final InvestorFundsAdded ADDED_100 = new InvestorFundsAdded(INVESTOR, eur(100));

    @Nested
    class Creating {

        @Test
        void an_account_is_opened_and_its_balance_added() {
            given().when(new CreateInvestor(INVESTOR, "Ada", eur(100))).then(CREATED, ADDED_100);
        }

        @Test
        void a_balance_of_zero_is_not_added_but_gives_the_currency() {
            given().when(new CreateInvestor(INVESTOR, "Ada", eur(0))).then(CREATED);
        }

        @Test
        void again_is_a_no_op_whatever_the_balance() {
            given(CREATED).when(new CreateInvestor(INVESTOR, "Ada", eur(0))).thenNothing();
            given(CREATED, ADDED_100)
                    .when(new CreateInvestor(INVESTOR, "Ada", usd(7)))
                    .thenNothing();
        }

        @Test
        void a_negative_balance_is_refused() {
            assertThatIllegalArgumentException().isThrownBy(() -> new CreateInvestor(INVESTOR, "Ada", eur(-1)));
        }
    }

    @Nested
    class Bidding {

        @ParameterizedTest
        @ValueSource(longs = {1, 99, 100})
        void a_bid_up_to_the_balance_is_placed(long amount) {
            given(CREATED, ADDED_100).when(bid(BID, eur(amount))).then(placed(BID, amount));
        }

        @Test
        void a_bid_above_the_balance_is_rejected() {
            given(CREATED, ADDED_100).when(bid(BID, eur(101))).thenRejected("INSUFFICIENT_FUNDS");
            given(CREATED).when(bid(BID, eur(1))).thenRejected("INSUFFICIENT_FUNDS");
        }

        @Test
        void what_is_reserved_for_one_bid_is_not_there_for_another() {
            given(CREATED, ADDED_100, placed(OTHER_BID, 60))
                    .when(bid(BID, eur(41)))
                    .thenRejected("INSUFFICIENT_FUNDS");
            given(CREATED, ADDED_100, placed(OTHER_BID, 60))
                    .when(bid(BID, eur(40)))
                    .then(placed(BID, 40));
        }

        @Test
        void what_was_released_can_be_bid_again_and_what_was_committed_can_not() {
            given(CREATED, ADDED_100, placed(OTHER_BID, 60), released(OTHER_BID, 60))
                    .when(bid(BID, eur(100)))
                    .then(placed(BID, 100));
            given(CREATED, ADDED_100, placed(OTHER_BID, 60), committed(OTHER_BID, 60))
                    .when(bid(BID, eur(41)))
                    .thenRejected("INSUFFICIENT_FUNDS");
        }

        @Test
        void the_same_bid_again_is_a_no_op() {
            given(CREATED, ADDED_100, placed(BID, 60)).when(bid(BID, eur(60))).thenNothing();
        }

        @Test
        void a_bid_in_another_currency_is_rejected() {
            given(CREATED, ADDED_100).when(bid(BID, usd(1))).thenRejected("CURRENCY_MISMATCH");
        }

        @Test
        void nobody_can_not_bid() {
            given().when(bid(BID, eur(1))).thenRejected("INVESTOR_NOT_FOUND");
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -1})
        void a_bid_of_nothing_is_refused(long amount) {
            assertThatIllegalArgumentException().isThrownBy(() -> bid(BID, eur(amount)));
        }
    }

    @Nested
    class Releasing {

        @Test
        void a_reservation_is_released_as_a_whole_or_in_parts() {
            given(CREATED, ADDED_100, placed(BID, 60)).when(release(eur(60))).then(released(BID, 60));
            given(CREATED, ADDED_100, placed(BID, 60)).when(release(eur(20))).then(released(BID, 20));
            given(CREATED, ADDED_100, placed(BID, 60), released(BID, 20))
                    .when(release(eur(40)))
                    .then(released(BID, 40));
        }

        @Test
        void never_more_than_is_reserved_for_the_bid() {
            given(CREATED, ADDED_100, placed(BID, 60)).when(release(eur(61))).thenRejected("RESERVATION_EXCEEDED");
            given(CREATED, ADDED_100, placed(BID, 60), released(BID, 20))
                    .when(release(eur(41)))
                    .thenRejected("RESERVATION_EXCEEDED");
            given(CREATED, ADDED_100, placed(BID, 60), committed(BID, 60))
                    .when(release(eur(1)))
                    .thenRejected("RESERVATION_EXCEEDED");
        }

        @Test
        void never_what_is_reserved_for_another_bid() {
            given(CREATED, ADDED_100, placed(OTHER_BID, 60))
                    .when(release(eur(1)))
                    .thenRejected("RESERVATION_EXCEEDED");
        }

        @Test
        void not_in_another_currency_and_not_for_nobody() {
            given(CREATED, ADDED_100, placed(BID, 60)).when(release(usd(60))).thenRejected("CURRENCY_MISMATCH");
            given().when(release(eur(60))).thenRejected("INVESTOR_NOT_FOUND");
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -1})
        void to_release_nothing_is_refused(long amount) {
            assertThatIllegalArgumentException().isThrownBy(() -> release(eur(amount)));
        }

        private static ReleaseFunds release(Money amount) {
            return new ReleaseFunds(INVESTOR, BID, amount);
        }
    }

    @Nested
    class Committing {

        @Test
        void a_reservation_is_committed_as_a_whole_or_in_parts() {
            given(CREATED, ADDED_100, placed(BID, 60)).when(commit(eur(60))).then(committed(BID, 60));
            given(CREATED, ADDED_100, placed(BID, 60)).when(commit(eur(20))).then(committed(BID, 20));
            given(CREATED, ADDED_100, placed(BID, 60), released(BID, 20))
                    .when(commit(eur(40)))
                    .then(committed(BID, 40));
        }

        @Test
        void never_more_than_is_reserved_for_the_bid() {
            given(CREATED, ADDED_100, placed(BID, 60)).when(commit(eur(61))).thenRejected("RESERVATION_EXCEEDED");
            given(CREATED, ADDED_100, placed(BID, 60), committed(BID, 60))
                    .when(commit(eur(1)))
                    .thenRejected("RESERVATION_EXCEEDED");
            given(CREATED, ADDED_100, placed(OTHER_BID, 60))
                    .when(commit(eur(1)))
                    .thenRejected("RESERVATION_EXCEEDED");
        }

        @Test
        void not_in_another_currency_and_not_for_nobody() {
            given(CREATED, ADDED_100, placed(BID, 60)).when(commit(usd(60))).thenRejected("CURRENCY_MISMATCH");
            given().when(commit(eur(60))).thenRejected("INVESTOR_NOT_FOUND");
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -1})
        void to_commit_nothing_is_refused(long amount) {
            assertThatIllegalArgumentException().isThrownBy(() -> commit(eur(amount)));
        }

        private static CommitFunds commit(Money amount) {
            return new CommitFunds(INVESTOR, BID, amount);
        }
    }

    @Nested
    class A_stream_is_corrupt {

        static final List<List<InvestorEvent>> HISTORIES = List.of(
                List.of(ADDED_100),
                List.of(placed(BID, 1)),
                List.of(released(BID, 1)),
                List.of(committed(BID, 1)),
                List.of(CREATED, ADDED_100, CREATED),
                List.of(CREATED, ADDED_100, placed(BID, 101)),
                List.of(CREATED, ADDED_100, placed(BID, 60), released(BID, 61)),
                List.of(CREATED, ADDED_100, placed(BID, 60), committed(OTHER_BID, 1)));

        @ParameterizedTest
        @FieldSource("HISTORIES")
        void in_which_this_has_happened(List<InvestorEvent> history) {
            var scenario = given(history.toArray(InvestorEvent[]::new));

            assertThatIllegalStateException().isThrownBy(() -> scenario.when(bid(BID, eur(1))));
        }
    }

    private static DeciderScenario<InvestorCommand, InvestorEvent> given(InvestorEvent... history) {
        return DeciderScenario.given(InvestorDecider.aggregate(), Installation.codec(), history);
    }

    private static BidOnInvoice bid(BidId bid, Money amount) {
        return new BidOnInvoice(INVESTOR, bid, INVOICE, amount);
    }

    private static BidOnInvoicePlaced placed(BidId bid, long amount) {
        return new BidOnInvoicePlaced(INVESTOR, INVOICE, bid, eur(amount));
    }

    private static InvestorFundsReleased released(BidId bid, long amount) {
        return new InvestorFundsReleased(INVESTOR, bid, eur(amount));
    }

    private static InvestorFundsCommitted committed(BidId bid, long amount) {
        return new InvestorFundsCommitted(INVESTOR, bid, eur(amount));
    }
}
