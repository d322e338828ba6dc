package dev.quadrille.financing;

import dev.quadrille.financing.investor.InvestorId;
import dev.quadrille.financing.invoice.BidId;
import dev.quadrille.financing.invoice.InvoiceId;
import dev.quadrille.financing.issuer.IssuerId;
import java.util.UUID;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Who and what the examples of financing are told with. */
public final class Examples {

    public static final IssuerId ISSUER = new IssuerId(UUID.fromString("a0000000-0000-4000-8000-000000000001"));
    public static final InvestorId INVESTOR = new InvestorId(UUID.fromString("b0000000-0000-4000-8000-000000000001"));
    public static final InvoiceId INVOICE = new InvoiceId(UUID.fromString("c0000000-0000-4000-8000-000000000001"));
    public static final BidId BID = new BidId(UUID.fromString("d0000000-0000-4000-8000-000000000001"));
    public static final BidId OTHER_BID = new BidId(UUID.fromString("d0000000-0000-4000-8000-000000000002"));

    private Examples() {}

    public static Money eur(long amount) {
        return Money.ofMajor(CurrencyUnit.EUR, amount);
    }

    public static Money usd(long amount) {
        return Money.ofMajor(CurrencyUnit.USD, amount);
    }
}
