package dev.quadrille.domain;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.quadrille.kernel.Unavailable;
import dev.quadrille.postgres.PostgresEventStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes outcomes that nobody asks for any more, in small batches (P2), on a thread of its own, every hour until it is
 * closed. Every instance of the domain does so; they take different rows.
 */
final class OutcomeExpiry implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OutcomeExpiry.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final int BATCH = 1_000;

    private final PostgresEventStore store;
    private final Duration kept;
    private final InstantSource clock;
    private final CountDownLatch closing = new CountDownLatch(1);

    private OutcomeExpiry(PostgresEventStore store, Duration kept, InstantSource clock) {
        this.store = store;
        this.kept = kept;
        this.clock = clock;
    }

    /** Begins at once. */
    static OutcomeExpiry start(PostgresEventStore store, Duration kept, InstantSource clock) {
        var expiry = new OutcomeExpiry(store, kept, clock);
        Thread.ofVirtual().name("outcome-expiry").start(expiry::run);
        return expiry;
    }

    private void run() {
        try {
            do {
                expire();
            } while (!closing.await(EVERY.toNanos(), NANOSECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody knows this thread to interrupt it", e);
        }
    }

    private void expire() {
        try {
            var total = 0;
            int deleted;
            do {
                deleted = store.deleteOutcomesBefore(clock.instant().minus(kept), BATCH);
                total += deleted;
            } while (deleted == BATCH && closing.getCount() > 0);
            if (total > 0) {
                log.info("Deleted {} outcomes older than {} days", total, kept.toDays());
            }
        } catch (Unavailable away) {
            log.info("Expired outcomes stay another hour: {}", away.getMessage());
        } catch (RuntimeException fault) {
            log.error("Expired outcomes stay another hour", fault);
        }
    }

    /** Deletes no more. Does not wait. */
    @Override
    public void close() {
        closing.countDown();
    }
}
