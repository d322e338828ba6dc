package dev.quadrille.financing.invoice;

import dev.quadrille.financing.investor.InvestorId;
import dev.quadrille.money.Amounts;
import org.joda.money.Money;

/** What an investor offers for an invoice. */
public record Bid(BidId bidId, InvestorId investorId, Money amount) {

    public Bid {
        Amounts.positive("A bid", amount);
    }
}
