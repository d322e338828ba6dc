package dev.quadrille.relayer;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.quadrille.postgres.FeedHorizon;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows in the meters how far the relayer is behind, and for how long an append has held the feed up; and tells the log
 * who does when that is long. Looks every second on a thread of its own, whether this instance leads or not, so that a
 * scrape costs nothing and waits for nobody.
 */
final class FeedWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FeedWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Half of what the services' own time limit gives an append. */
    private static final Duration LONG = Duration.ofSeconds(5);

    private final Supplier<FeedHorizon> horizon;
    private final MeterRegistry meters;
    private final List<Gauge> gauges;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile double backlog = Double.NaN;
    private volatile double age = Double.NaN;
    private String told = "";

    /** Looks when it is told to. */
    FeedWatch(Supplier<FeedHorizon> horizon, MeterRegistry meters) {
        this.horizon = horizon;
        this.meters = meters;
        this.gauges = List.of(
                Gauge.builder("quadrille.relay.backlog", () -> backlog)
                        .description("Positions between the relayer's checkpoint and the last event")
                        .register(meters),
                Gauge.builder("quadrille.feed.horizon.age", () -> age)
                        .baseUnit("seconds")
                        .description("Since when the oldest transaction runs that the feed waits for; 0 if none does")
                        .register(meters));
    }

    /** Begins to look. */
    static FeedWatch start(Supplier<FeedHorizon> horizon, MeterRegistry meters) {
        var watch = new FeedWatch(horizon, meters);
        Thread.ofVirtual().name("feed-watch").start(watch::keepLooking);
        return watch;
    }

    private void keepLooking() {
        try {
            do {
                look();
            } while (!closed.await(INTERVAL.toNanos(), NANOSECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody knows this thread to interrupt it", e);
        }
    }

    /** Looks once. The meters are NaN when the database does not answer; what is wrong with it, the relay loop tells. */
    void look() {
        try {
            var now = horizon.get();
            backlog = now.backlog();
            age = now.age();
            tell(now);
        } catch (RuntimeException away) {
            backlog = Double.NaN;
            age = Double.NaN;
        }
    }

    /** Once for each transaction, and each time that it stops or goes on. */
    private void tell(FeedHorizon now) {
        if (now.age() >= LONG.toSeconds() && !now.holders().getFirst().equals(told)) {
            told = now.holders().getFirst();
            log.warn("Events wait for an append that has run for {} s: {}", Math.round(now.age()), told);
        }
    }

    /** Looks no more, and takes the meters away. */
    @Override
    public void close() {
        closed.countDown();
        gauges.forEach(meters::remove);
    }
}
