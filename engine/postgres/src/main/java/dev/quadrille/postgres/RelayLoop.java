package dev.quadrille.postgres;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.quadrille.kernel.EventBus;
import dev.quadrille.kernel.Feed;
import dev.quadrille.kernel.Relay;
import dev.quadrille.kernel.Unavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands for election until it leads, then relays until the lead or a server is lost, and begins again; on a thread of
 * its own, until it is closed. A full batch is followed by the next at once, any other by a pause.
 */
public final class RelayLoop implements AutoCloseable {

    /** What is led, and the checkpoint. */
    public static final String NAME = "relayer";

    /**
     * How many events are read and confirmed together: so few that a slow broker can confirm all of them in the time that
     * each of them has, or the same batch would be repeated for ever.
     */
    private static final int BATCH = 200;

    private static final Logger log = LoggerFactory.getLogger(RelayLoop.class);
    private static final Duration BETWEEN_ELECTIONS = Duration.ofSeconds(1);
    private static final Duration FINISH_WITHIN = Duration.ofSeconds(3);

    private final Supplier<Optional<LeaderSession>> election;
    private final Supplier<Feed> feeds;
    private final EventBus bus;
    private final Duration interval;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name(NAME).unstarted(this::run);
    private boolean away;
    private volatile boolean able;

    private RelayLoop(
            Supplier<Optional<LeaderSession>> election, Supplier<Feed> feeds, EventBus bus, Duration interval) {
        this.election = election;
        this.feeds = feeds;
        this.bus = bus;
        this.interval = interval;
    }

    /**
     * Begins.
     *
     * @param election answers the lead, or nothing while another has it
     * @param feeds opens the feed anew for each lead: a crash of the server ends the lead, and may give positions again
     *     that a feed has seen drawn in vain
     * @param bus where it relays to
     * @param interval the pause after a batch that was not full
     */
    public static RelayLoop start(
            Supplier<Optional<LeaderSession>> election, Supplier<Feed> feeds, EventBus bus, Duration interval) {
        var loop = new RelayLoop(election, feeds, bus, interval);
        loop.thread.start();
        return loop;
    }

    private void run() {
        try {
            do {
                standAndLead();
            } while (!closing.await(BETWEEN_ELECTIONS.toNanos(), NANOSECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody knows this thread to interrupt it", e);
        }
    }

    private void standAndLead() throws InterruptedException {
        try {
            var lead = election.get();
            if (lead.isEmpty()) {
                away = false;
                able = true;
            } else {
                try (var session = lead.get()) {
                    // While the broker is away, the lead is had and given up every second.
                    if (!away) {
                        log.info("Leads: this instance relays");
                    }
                    relay(new Relay(NAME, feeds.get(), session, bus, BATCH));
                }
            }
        } catch (Unavailable reason) {
            if (!away) {
                log.warn("Can't relay and keeps trying: {}", reason.getMessage());
            }
            away = true;
            able = false;
        } catch (RuntimeException | Error fault) {
            // Whatever it is: a relayer that stands still in silence is worse.
            log.error("Begins again after a fault", fault);
            able = false;
        }
    }

    private void relay(Relay relay) throws InterruptedException {
        int relayed;
        do {
            relayed = relay.next();
            able = true;
            if (away) {
                log.info("Relays again");
                away = false;
            }
        } while (!closing.await(relayed < BATCH ? interval.toNanos() : 0, NANOSECONDS));
    }

    /** Whether it relayed, or stood by, when it last tried. Any thread may ask. */
    public boolean able() {
        return able;
    }

    /** Lets the batch in hand be confirmed, and gives up the lead. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!thread.join(FINISH_WITHIN)) {
                log.warn("Left with a batch unconfirmed; it will be relayed again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
