package dev.quadrille.acceptance.support;

import com.google.type.Money;
import java.math.BigDecimal;

/**
 * Money as the bus writes it.
 *
 * @param currency ISO 4217
 * @param amount with all decimals of the currency, such as {@code 10.00}
 */
public record Amount(String currency, String amount) {

    public static Amount eur(long units) {
        return new Amount("EUR", units + ".00");
    }

    /** An amount with all the decimals that this value has. */
    public static Amount of(String currency, BigDecimal amount) {
        return new Amount(currency, amount.toPlainString());
    }

    /** Its number. */
    public BigDecimal value() {
        return new BigDecimal(amount);
    }

    /** The same as gRPC writes it. */
    public Money money() {
        var value = value();
        return Money.newBuilder()
                .setCurrencyCode(currency)
                .setUnits(value.longValue())
                .setNanos(value.remainder(BigDecimal.ONE).movePointRight(9).intValueExact())
                .build();
    }
}
