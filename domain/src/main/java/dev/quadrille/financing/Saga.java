package dev.quadrille.financing;

import static dev.quadrille.kernel.Policy.whenever;

import dev.quadrille.financing.investor.InvestorCommand.CommitFunds;
import dev.quadrille.financing.investor.InvestorCommand.ReleaseFunds;
import dev.quadrille.financing.investor.InvestorEvent.BidOnInvoicePlaced;
import dev.quadrille.financing.invoice.Bid;
import dev.quadrille.financing.invoice.InvoiceCommand.ProcessBid;
import dev.quadrille.financing.invoice.InvoiceEvent.BidOnInvoiceRejected;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceApproved;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceFinanced;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceReversed;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.Policy;
import java.util.List;
import org.joda.money.Money;

/** How the money follows a bid: what is reserved for it ends up released, committed, or part of each. */
final class Saga {

    private Saga() {}

    static final List<Policy<?>> POLICIES = List.of(
            whenever(
                    BidOnInvoicePlaced.class,
                    "process a placed bid",
                    "5f7f0c1e-6a4a-4b1e-9a53-0d4d4c9a7a01",
                    ProcessBid.class,
                    placed -> List.of(new ProcessBid(
                            placed.invoiceId(), new Bid(placed.bidId(), placed.investorId(), placed.amount())))),
            whenever(
                    CommandRejected.class,
                    "release a bid that could not be processed",
                    "5f7f0c1e-6a4a-4b1e-9a53-0d4d4c9a7a02",
                    ReleaseFunds.class,
                    rejected -> rejected.command() instanceof ProcessBid(var _, var bid)
                            ? List.of(release(bid, bid.amount()))
                            : List.of()),
            whenever(
                    BidOnInvoiceRejected.class,
                    "release a rejected bid",
                    "5f7f0c1e-6a4a-4b1e-9a53-0d4d4c9a7a03",
                    ReleaseFunds.class,
                    rejected -> List.of(release(rejected.bid(), rejected.bid().amount()))),
            whenever(
                    InvoiceFinanced.class,
                    "release what the winning bid offered above the asking price",
                    "5f7f0c1e-6a4a-4b1e-9a53-0d4d4c9a7a04",
                    ReleaseFunds.class,
                    financed -> {
                        var excess = financed.winningBid().amount().minus(financed.askingPrice());
                        return excess.isPositive() ? List.of(release(financed.winningBid(), excess)) : List.of();
                    }),
            whenever(
                    InvoiceApproved.class,
                    "commit the price of an approved invoice",
                    "5f7f0c1e-6a4a-4b1e-9a53-0d4d4c9a7a05",
                    CommitFunds.class,
                    approved -> List.of(new CommitFunds(
                            approved.winningBid().investorId(),
                            approved.winningBid().bidId(),
                            approved.soldPrice()))),
            whenever(
                    InvoiceReversed.class,
                    "release the price of a reversed invoice",
                    "5f7f0c1e-6a4a-4b1e-9a53-0d4d4c9a7a06",
                    ReleaseFunds.class,
                    reversed -> List.of(release(reversed.winningBid(), reversed.soldPrice()))));

    private static ReleaseFunds release(Bid bid, Money amount) {
        return new ReleaseFunds(bid.investorId(), bid.bidId(), amount);
    }
}
