package dev.quadrille.domain;

import dev.quadrille.postgres.PostgresEventStore;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes outcomes that nobody asks for any more, in small batches (P2). Every instance of the domain does so; they take
 * different rows.
 */
final class OutcomeExpiry {

    static final Duration EVERY = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(OutcomeExpiry.class);
    private static final int BATCH = 1_000;

    private final PostgresEventStore store;
    private final Duration kept;
    private final InstantSource clock;

    OutcomeExpiry(PostgresEventStore store, Duration kept, InstantSource clock) {
        this.store = store;
        this.kept = kept;
        this.clock = clock;
    }

    /** Deletes a batch; answers whether there may be more. */
    boolean next() {
        var deleted = store.deleteOutcomesBefore(clock.instant().minus(kept), BATCH);
        if (deleted > 0) {
            log.info("Deleted {} outcomes older than {} days", deleted, kept.toDays());
        }
        return deleted == BATCH;
    }
}
