package dev.quadrille.benchmarks;

import static dev.quadrille.acceptance.support.Amount.eur;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.quadrille.acceptance.support.Addresses;
import dev.quadrille.acceptance.support.FinancingEvent.InvestorFundsReleased;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.Standalone;
import java.util.UUID;
import java.util.stream.LongStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long a bid takes from its call to its {@code InvestorFundsReleased} on the bus: three decisions, each carried by
 * the relayer to the next. One bid at a time, each on an invoice of its own.
 *
 * <p>A bid follows on the heels of a relay, of the event that shows the one before as settled: it waits nearly a whole
 * relay interval for each of the three, which is the slow end of what callers at random moments see.
 *
 * <p>The argument is the number of bids, 50 if there is none. It measures the system at the addresses that the
 * environment gives, else one that it starts: on the servers that the environment names, else on embedded ones.
 */
public final class BidLatency {

    private static final int WARM_UP = 20;

    private BidLatency() {}

    public static void main(String[] arguments) throws Exception {
        var bids = arguments.length == 0 ? 50 : Integer.parseInt(arguments[0]);
        var given = Addresses.given(System.getenv());
        if (given.isPresent()) {
            measure("given addresses", given.get(), bids).print();
        } else {
            try (var system = Standalone.onServersOf(System.getenv()).orElseGet(Standalone::onEmbeddedServers)) {
                measure(system.toString(), system.addresses(), bids).print();
            }
        }
    }

    private static Result measure(String system, Addresses addresses, int bids) throws Exception {
        try (var scenario = new Scenario(addresses)) {
            var investor = scenario.registerInvestor(eur(1_000_000));
            var millis = LongStream.range(0, WARM_UP + bids)
                    .map(_ -> bid(scenario, investor))
                    .skip(WARM_UP)
                    .map(NANOSECONDS::toMillis)
                    .sorted()
                    .toArray();
            return new Result(
                    system,
                    bids,
                    percentile(50, millis),
                    percentile(99, millis),
                    millis[bids - 1],
                    System.getenv().getOrDefault("RELAY_INTERVAL", "100ms"),
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.version().toString());
        }
    }

    /** Nanoseconds from the call to the release. */
    private static long bid(Scenario scenario, UUID investor) {
        var invoice = scenario.invoiceFor(eur(10));
        var begin = System.nanoTime();
        var offer = scenario.bid(investor, invoice, eur(20));
        var saga = scenario.events().setOffBy(offer.command(), 3);
        var end = System.nanoTime();
        if (saga.size() != 3 || !(saga.getLast().event() instanceof InvestorFundsReleased)) {
            throw new IllegalStateException("A bid of 20 on 10 ends with a release, not with " + saga);
        }
        return end - begin;
    }

    /** The least value that this many percent of the values do not exceed. */
    private static long percentile(int percent, long[] ascending) {
        return ascending[Math.ceilDiv(percent * ascending.length, 100) - 1];
    }

    private record Result(
            String system,
            int bids,
            long p50Millis,
            long p99Millis,
            long maxMillis,
            String relayInterval,
            int processors,
            String java) {

        void print() {
            System.out.printf(
                    "%d bids, one at a time, call to InvestorFundsReleased: p50 %d ms, p99 %d ms, max %d ms%n",
                    bids, p50Millis, p99Millis, maxMillis);
            System.out.printf(
                    "(system: %s; relay interval %s; %d processors, shared with this client; Java %s; %d bids before as a warm-up)%n",
                    system, relayInterval, processors, java, WARM_UP);
            System.out.println(new JsonMapper().writeValueAsString(this));
        }
    }
}
