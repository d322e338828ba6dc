package dev.quadrille.financing.invoice;

import dev.quadrille.financing.Amounts;
import dev.quadrille.financing.investor.InvestorId;
import org.joda.money.Money;

/** What an investor offers for an invoice. */
public record Bid(BidId bidId, InvestorId investorId, Money amount) {

    public Bid {
        Amounts.positive("A bid", amount);
    }
}
