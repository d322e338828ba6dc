package dev.quadrille.financing.investor;

import dev.quadrille.financing.invoice.BidId;
import dev.quadrille.financing.invoice.InvoiceId;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.money.Amounts;
import org.joda.money.Money;

/** What an investor's account can be asked. */
public sealed interface InvestorCommand extends Command {

    InvestorId investorId();

    @Override
    default StreamId stream() {
        return investorId().stream();
    }

    /** Opens the account with a balance, which may be zero and gives the account its currency. */
    record CreateInvestor(InvestorId investorId, String name, Money balance) implements InvestorCommand {
        public CreateInvestor {
            if (balance.isNegative()) {
                throw new IllegalArgumentException("A registered balance is zero or more, not " + balance);
            }
        }
    }

    /** Bids on an invoice: the amount is reserved until the bid's end. */
    record BidOnInvoice(InvestorId investorId, BidId bidId, InvoiceId invoiceId, Money amount)
            implements InvestorCommand {
        public BidOnInvoice {
            Amounts.positive("A bid", amount);
        }
    }

    /** Gives (part of) what is reserved for a bid back to the balance. */
    record ReleaseFunds(InvestorId investorId, BidId bidId, Money amount) implements InvestorCommand {
        public ReleaseFunds {
            Amounts.positive("What is released", amount);
        }
    }

    /** Spends (part of) what is reserved for a bid. */
    record CommitFunds(InvestorId investorId, BidId bidId, Money amount) implements InvestorCommand {
        public CommitFunds {
            Amounts.positive("What is committed", amount);
        }
    }
}
