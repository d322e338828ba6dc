package dev.quadrille.acceptance;

import dev.quadrille.acceptance.support.Amount;
import dev.quadrille.acceptance.support.AtOnce;
import dev.quadrille.acceptance.support.Scenario;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/**
 * Random sales, bids, approvals and reversals in several currencies, many at once: won, lost, too low, above the balance,
 * in another currency, on no invoice, too early, too late. A seed gives the same wishes; which of those that are uttered at
 * once comes first is up to the system.
 */
final class Workload {

    /** Two decimals, none, and three. */
    private static final List<String> CURRENCIES = List.of("EUR", "JPY", "BHD");

    private static final int INVESTORS = 4;
    private static final BigDecimal BALANCE = BigDecimal.valueOf(1_000);
    private static final int AT_ONCE = 300;
    private static final int SALES = 30;

    private final Scenario scenario;
    private final RandomGenerator random;
    private final List<Investor> investors = new ArrayList<>();
    private final List<UUID> invoices = new ArrayList<>();

    private record Investor(UUID id, String currency) {}

    Workload(Scenario scenario, long seed) {
        this.scenario = scenario;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** Returns when this many commands are decided; what they have set off may still go on. */
    void run(int commands) throws Exception {
        var issuer = scenario.registerIssuer();
        for (var currency : CURRENCIES) {
            scenario.registerInvestors(INVESTORS, Amount.of(currency, BALANCE.setScale(decimals(currency))))
                    .forEach(investor -> investors.add(new Investor(investor, currency)));
        }
        for (var uttered = 0; uttered < commands; uttered += AT_ONCE) {
            var sales = AtOnce.all(wishes(SALES, () -> sale(issuer)));
            sales.forEach(sale -> invoices.add(sale.invoice()));
            var others = AtOnce.all(wishes(AT_ONCE - SALES, this::wish));
            sales.forEach(sale -> scenario.outcomeOf(sale.command()));
            others.forEach(scenario::outcomeOf);
        }
    }

    /** Answers the investors, each of whom has bid the least there is on no invoice. */
    List<UUID> bidOnNothing() {
        investors.forEach(investor ->
                scenario.bid(investor.id, UUID.randomUUID(), Amount.of(investor.currency, least(investor.currency))));
        return investors.stream().map(Investor::id).toList();
    }

    private static <T> List<Callable<T>> wishes(int count, Supplier<Callable<T>> next) {
        return Stream.generate(next).limit(count).toList();
    }

    private Callable<Scenario.Sale> sale(UUID issuer) {
        var price = amount(any(CURRENCIES), 40);
        return () -> scenario.sell(issuer, price);
    }

    private Callable<UUID> wish() {
        var invoice = random.nextInt(20) == 0 ? UUID.randomUUID() : any(invoices);
        return switch (random.nextInt(10)) {
            case 0, 1 -> () -> scenario.approve(invoice);
            case 2 -> () -> scenario.reverse(invoice);
            default -> {
                var investor = any(investors);
                var currency = random.nextInt(20) == 0 ? any(CURRENCIES) : investor.currency;
                var amount = amount(currency, random.nextInt(20) == 0 ? 2 * BALANCE.intValue() : 60);
                yield () -> scenario.bid(investor.id, invoice, amount).command();
            }
        };
    }

    /** Above zero, and at most so many units. */
    private Amount amount(String currency, int units) {
        var most = BigDecimal.valueOf(units).movePointRight(decimals(currency)).longValueExact();
        return Amount.of(currency, least(currency).multiply(BigDecimal.valueOf(random.nextLong(1, most + 1))));
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private static BigDecimal least(String currency) {
        return BigDecimal.ONE.movePointLeft(decimals(currency));
    }

    private static int decimals(String currency) {
        return Currency.getInstance(currency).getDefaultFractionDigits();
    }
}
