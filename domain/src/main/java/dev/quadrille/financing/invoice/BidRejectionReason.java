package dev.quadrille.financing.invoice;

/** Why an invoice does not take a bid. */
public enum BidRejectionReason {
    BID_TOO_LOW,
    INVOICE_NOT_AVAILABLE,
    CURRENCY_MISMATCH
}
