package dev.quadrille.financing;

import static dev.quadrille.financing.Examples.BID;
import static dev.quadrille.financing.Examples.INVESTOR;
import static dev.quadrille.financing.Examples.INVOICE;
import static dev.quadrille.financing.Examples.ISSUER;
import static dev.quadrille.financing.Examples.eur;
import static dev.quadrille.financing.invoice.BidRejectionReason.BID_TOO_LOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.quadrille.financing.investor.InvestorCommand.BidOnInvoice;
import dev.quadrille.financing.investor.InvestorEvent.BidOnInvoicePlaced;
import dev.quadrille.financing.investor.InvestorEvent.InvestorCreated;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsAdded;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsCommitted;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsReleased;
import dev.quadrille.financing.investor.InvestorId;
import dev.quadrille.financing.invoice.Bid;
import dev.quadrille.financing.invoice.BidId;
import dev.quadrille.financing.invoice.InvoiceCommand.ApproveFinancing;
import dev.quadrille.financing.invoice.InvoiceCommand.ProcessBid;
import dev.quadrille.financing.invoice.InvoiceCommand.ReverseFinancing;
import dev.quadrille.financing.invoice.InvoiceCommand.SellInvoice;
import dev.quadrille.financing.invoice.InvoiceEvent.BidOnInvoiceRejected;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceApproved;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceCreated;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceFinanced;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceReversed;
import dev.quadrille.financing.issuer.IssuerEvent.IssuerCreated;
import dev.quadrille.financing.registering.Registered.InvestorRegistered;
import dev.quadrille.financing.registering.Registered.IssuerRegistered;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.testkit.simulation.Figures;
import dev.quadrille.testkit.simulation.Simulation;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * The acceptance scenarios of the command side, each where all goes well and with a fault of every kind before and after
 * every effect.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FinancingStoriesTest {

    private static final Bid BID_OF_20 = new Bid(BID, INVESTOR, eur(20));

    private static final Figures FIGURES = new Figures();

    @AfterAll
    static void tell() {
        System.out.println("{\"swept\": " + FIGURES + "}");
    }

    @Test
    void an_investor_is_registered_with_100() {
        sweep(system -> {
            register(system, INVESTOR, 100);

            assertThat(system.events())
                    .containsExactly(
                            new InvestorCreated(INVESTOR, "Ada", CurrencyUnit.EUR),
                            new InvestorFundsAdded(INVESTOR, eur(100)));
        });
    }

    @Test
    void an_issuer_is_registered_and_sells_an_invoice_for_20() {
        sweep(system -> {
            sell(system, 20);

            assertThat(system.events())
                    .containsExactly(
                            new IssuerCreated(ISSUER, "Harbor & Sons"), new InvoiceCreated(INVOICE, ISSUER, eur(20)));
        });
    }

    @Test
    void an_issuer_whom_nobody_registered_sells_nothing() {
        sweep(system -> {
            var sell = new SellInvoice(INVOICE, ISSUER, eur(20));

            var id = system.send(sell);

            assertThat(system.events())
                    .containsExactly(new CommandRejected(
                            id,
                            "financing.SellInvoice.v1",
                            INVOICE.stream(),
                            "ISSUER_NOT_FOUND",
                            "There is no issuer a0000000-0000-4000-8000-000000000001",
                            sell));
            assertThat(reasonOf(system, id)).isEqualTo("ISSUER_NOT_FOUND");
            assertThat(reasonOf(system, system.send(new ApproveFinancing(INVOICE))))
                    .isEqualTo("INVOICE_NOT_FOUND");
        });
    }

    @Test
    void a_bid_of_20_on_an_asking_price_of_10_wins_and_has_10_released() {
        sweep(system -> {
            financeFor10(system);

            assertThat(bidding(system))
                    .containsExactly(
                            new BidOnInvoicePlaced(INVESTOR, INVOICE, BID, eur(20)),
                            new InvoiceFinanced(INVOICE, eur(10), BID_OF_20),
                            new InvestorFundsReleased(INVESTOR, BID, eur(10)));
        });
    }

    @Test
    void a_bid_of_5_on_an_asking_price_of_10_is_rejected_and_released() {
        sweep(system -> {
            register(system, INVESTOR, 100);
            sell(system, 10);

            bid(system, 5);

            assertThat(bidding(system))
                    .containsExactly(
                            new BidOnInvoicePlaced(INVESTOR, INVOICE, BID, eur(5)),
                            new BidOnInvoiceRejected(INVOICE, new Bid(BID, INVESTOR, eur(5)), BID_TOO_LOW),
                            new InvestorFundsReleased(INVESTOR, BID, eur(5)));
        });
    }

    @Test
    void a_bid_of_10_with_a_balance_of_5_is_no_bid() {
        sweep(system -> {
            register(system, INVESTOR, 5);
            sell(system, 10);

            var id = bid(system, 10);

            assertThat(bidding(system))
                    .containsExactly(new CommandRejected(
                            id,
                            "financing.BidOnInvoice.v1",
                            INVESTOR.stream(),
                            "INSUFFICIENT_FUNDS",
                            "A bid of EUR 10.00 is more than the balance of EUR 5.00",
                            new BidOnInvoice(INVESTOR, BID, INVOICE, eur(10))));
            assertThat(reasonOf(system, id)).isEqualTo("INSUFFICIENT_FUNDS");
        });
    }

    @Test
    void an_approval_commits_what_the_invoice_was_sold_for() {
        sweep(system -> {
            financeFor10(system);

            system.send(new ApproveFinancing(INVOICE));

            assertThat(bidding(system))
                    .endsWith(
                            new InvoiceApproved(INVOICE, eur(10), BID_OF_20),
                            new InvestorFundsCommitted(INVESTOR, BID, eur(10)))
                    .hasSize(5);
        });
    }

    @Test
    void a_reversal_releases_what_the_invoice_was_sold_for() {
        sweep(system -> {
            financeFor10(system);

            system.send(new ReverseFinancing(INVOICE));

            assertThat(bidding(system))
                    .endsWith(
                            new InvoiceReversed(INVOICE, eur(10), BID_OF_20),
                            new InvestorFundsReleased(INVESTOR, BID, eur(10)))
                    .hasSize(5);
        });
    }

    @Test
    void a_bid_on_an_unknown_invoice_ends_with_its_funds_released() {
        sweep(system -> {
            register(system, INVESTOR, 100);

            bid(system, 20);

            assertThat(system.events().subList(2, 5))
                    .satisfiesExactly(
                            placed -> assertThat(placed)
                                    .isEqualTo(new BidOnInvoicePlaced(INVESTOR, INVOICE, BID, eur(20))),
                            rejected -> assertThat(rejected)
                                    .asInstanceOf(type(CommandRejected.class))
                                    .returns("INVOICE_NOT_FOUND", CommandRejected::reason)
                                    .returns(new ProcessBid(INVOICE, BID_OF_20), CommandRejected::command),
                            released ->
                                    assertThat(released).isEqualTo(new InvestorFundsReleased(INVESTOR, BID, eur(20))));
            assertThat(system.events()).hasSize(5);
        });
    }

    @Test
    void of_many_bids_at_once_one_wins_and_all_others_have_theirs_back() {
        sweep(system -> {
            var bidders = LongStream.rangeClosed(1, 5)
                    .mapToObj(n -> new InvestorId(new UUID(0, n)))
                    .toList();
            bidders.forEach(bidder -> register(system, bidder, 100));
            sell(system, 10);
            var before = system.events().size();

            bidders.forEach(
                    bidder -> system.enqueue(new BidOnInvoice(bidder, new BidId(bidder.value()), INVOICE, eur(10))));
            system.run();

            var events = system.events().subList(before, system.events().size());
            var winner =
                    only(events, InvoiceFinanced.class).getFirst().winningBid().investorId();
            assertThat(only(events, InvoiceFinanced.class)).hasSize(1);
            assertThat(only(events, InvestorFundsReleased.class))
                    .hasSize(4)
                    .extracting(InvestorFundsReleased::investorId)
                    .doesNotContain(winner)
                    .doesNotHaveDuplicates();
        });
    }

    @Test
    void all_that_follows_from_a_bid_belongs_to_it() {
        sweep(system -> {
            register(system, INVESTOR, 100);
            sell(system, 10);

            var id = bid(system, 20);

            assertThat(system.recorded().subList(4, 7))
                    .extracting(EventEnvelope::lineage)
                    .extracting(Lineage::correlationId)
                    .containsOnly(id);
        });
    }

    private static void sweep(Consumer<Simulation> story) {
        FinancingSimulationTest.SIMULATOR.sweep(story, FIGURES);
    }

    private static void register(Simulation system, InvestorId investor, long balance) {
        system.send(new InvestorRegistered(investor, "Ada", eur(balance)).toCommand());
    }

    private static void sell(Simulation system, long askingPrice) {
        system.send(new IssuerRegistered(ISSUER, "Harbor & Sons").toCommand());
        system.send(new SellInvoice(INVOICE, ISSUER, eur(askingPrice)));
    }

    private static UUID bid(Simulation system, long amount) {
        return system.send(new BidOnInvoice(INVESTOR, BID, INVOICE, eur(amount)));
    }

    private static void financeFor10(Simulation system) {
        register(system, INVESTOR, 100);
        sell(system, 10);
        bid(system, 20);
    }

    /** What has happened since one investor and one invoice were there. */
    private static List<Event> bidding(Simulation system) {
        return system.events().subList(4, system.events().size());
    }

    private static String reasonOf(Simulation system, UUID command) {
        return ((Outcome.Rejected) system.outcome(command).verdict())
                .rejection()
                .reason();
    }

    private static <E extends Event> List<E> only(List<Event> events, Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
