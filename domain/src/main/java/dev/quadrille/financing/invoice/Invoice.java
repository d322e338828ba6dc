package dev.quadrille.financing.invoice;

import org.joda.money.Money;

/** An invoice as its decisions see it. */
sealed interface Invoice {

    record Unknown() implements Invoice {}

    record Available(Money askingPrice) implements Invoice {}

    /** An invoice that has taken a bid. */
    sealed interface Taken extends Invoice {

        Bid winningBid();
    }

    record Financed(Money askingPrice, Bid winningBid) implements Taken {}

    record Approved(Bid winningBid) implements Taken {}

    record Reversed(Bid winningBid) implements Taken {}
}
