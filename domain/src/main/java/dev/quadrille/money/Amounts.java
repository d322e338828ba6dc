package dev.quadrille.money;

import org.joda.money.Money;

/** What may be asked for or moved. */
public final class Amounts {

    private Amounts() {}

    /**
     * The amount itself, if it is above zero.
     *
     * @throws IllegalArgumentException if it is zero or negative
     */
    public static Money positive(String name, Money amount) {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException(name + " is above zero, not " + amount);
        }
        return amount;
    }
}
