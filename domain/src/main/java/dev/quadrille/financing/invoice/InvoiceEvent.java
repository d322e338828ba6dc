package dev.quadrille.financing.invoice;

import dev.quadrille.financing.issuer.IssuerId;
import dev.quadrille.kernel.Event;
import org.joda.money.Money;

/** What can happen to an invoice. */
public sealed interface InvoiceEvent extends Event {

    /** The invoice can be bid on. */
    record InvoiceCreated(InvoiceId invoiceId, IssuerId issuerId, Money askingPrice) implements InvoiceEvent {}

    /** The bid has won: it was the first that reached the asking price. */
    record InvoiceFinanced(InvoiceId invoiceId, Money askingPrice, Bid winningBid) implements InvoiceEvent {}

    /** The bid has lost. */
    record BidOnInvoiceRejected(InvoiceId invoiceId, Bid bid, BidRejectionReason reason) implements InvoiceEvent {}

    /** The financing stands for good. */
    record InvoiceApproved(InvoiceId invoiceId, Money soldPrice, Bid winningBid) implements InvoiceEvent {}

    /** The financing was called off for good. */
    record InvoiceReversed(InvoiceId invoiceId, Money soldPrice, Bid winningBid) implements InvoiceEvent {}
}
