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

    /** The same as gRPC writes it. */
    public Money money() {
        var value = new BigDecimal(amount);
        return Money.newBuilder()
                .setCurrencyCode(currency)
                .setUnits(value.longValue())
                .setNanos(value.remainder(BigDecimal.ONE).movePointRight(9).intValueExact())
                .build();
    }
}
