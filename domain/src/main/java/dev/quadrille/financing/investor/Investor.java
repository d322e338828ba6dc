package dev.quadrille.financing.investor;

import dev.quadrille.financing.invoice.BidId;
import java.util.HashMap;
import java.util.Map;
import org.joda.money.Money;

/** An investor's account as its decisions see it. */
sealed interface Investor {

    record Unknown() implements Investor {}

    /**
     * An open account.
     *
     * @param reservations what is reserved for each bid, above zero; a bid that has ended is not in it
     */
    record Account(Money balance, Map<BidId, Money> reservations) implements Investor {

        public Account {
            reservations = Map.copyOf(reservations);
        }

        Money reservedFor(BidId bid) {
            return reservations.getOrDefault(bid, Money.zero(balance.getCurrencyUnit()));
        }

        Account deposit(Money amount) {
            return new Account(balance.plus(amount), reservations);
        }

        Account reserve(BidId bid, Money amount) {
            return withReserved(balance.minus(amount), bid, reservedFor(bid).plus(amount));
        }

        Account release(BidId bid, Money amount) {
            return withReserved(balance.plus(amount), bid, reservedFor(bid).minus(amount));
        }

        Account spend(BidId bid, Money amount) {
            return withReserved(balance, bid, reservedFor(bid).minus(amount));
        }

        private Account withReserved(Money newBalance, BidId bid, Money reserved) {
            if (newBalance.isNegative() || reserved.isNegative()) {
                throw new IllegalStateException("An account can't hold " + newBalance + " with " + reserved
                        + " reserved for bid " + bid.value() + ": its stream is corrupt");
            }
            var changed = new HashMap<>(reservations);
            if (reserved.isZero()) {
                changed.remove(bid);
            } else {
                changed.put(bid, reserved);
            }
            return new Account(newBalance, changed);
        }
    }
}
