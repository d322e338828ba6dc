package dev.quadrille.financing.investor;

import dev.quadrille.financing.invoice.BidId;
import dev.quadrille.financing.invoice.InvoiceId;
import dev.quadrille.kernel.Event;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** What can happen to an investor's account. */
public sealed interface InvestorEvent extends Event {

    /** The account is open, in this currency, with nothing on it. */
    record InvestorCreated(InvestorId investorId, String name, CurrencyUnit currency) implements InvestorEvent {}

    /** The balance has grown. */
    record InvestorFundsAdded(InvestorId investorId, Money amount) implements InvestorEvent {}

    /** The amount has moved from the balance to a reservation for this bid. */
    record BidOnInvoicePlaced(InvestorId investorId, InvoiceId invoiceId, BidId bidId, Money amount)
            implements InvestorEvent {}

    /** The amount has moved from the bid's reservation back to the balance. */
    record InvestorFundsReleased(InvestorId investorId, BidId bidId, Money amount) implements InvestorEvent {}

    /** The amount has left the bid's reservation for good. */
    record InvestorFundsCommitted(InvestorId investorId, BidId bidId, Money amount) implements InvestorEvent {}
}
