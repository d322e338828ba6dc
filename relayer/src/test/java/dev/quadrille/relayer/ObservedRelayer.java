package dev.quadrille.relayer;

import dev.quadrille.kernel.EventBus;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Feed;
import dev.quadrille.kernel.Unavailable;
import dev.quadrille.postgres.LeaderElection;
import dev.quadrille.postgres.LeaderSession;
import dev.quadrille.postgres.PostgresFeed;
import dev.quadrille.postgres.PostgresSettings;
import dev.quadrille.postgres.RelayLoop;
import dev.quadrille.rabbitmq.BrokerSettings;
import dev.quadrille.rabbitmq.ConfirmedPublisher;
import dev.quadrille.rabbitmq.EventMessages;
import dev.quadrille.rabbitmq.RabbitEventBus;
import dev.quadrille.rabbitmq.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A relayer like any other, of which the test sees what it does, and which it can stop where it hurts. */
final class ObservedRelayer implements AutoCloseable {

    /** Is done when it leads for the first time. */
    final CompletableFuture<Void> leads = new CompletableFuture<>();

    /** Is done when it has found another leading. */
    final CompletableFuture<Void> standsBy = new CompletableFuture<>();

    /** Is done when it has found the broker away. */
    final CompletableFuture<Void> missesBroker = new CompletableFuture<>();

    private final List<EventEnvelope> confirmed = new CopyOnWriteArrayList<>();
    private final LeaderElection election;
    private final ConfirmedPublisher publisher;
    private final Runnable onceConfirmed;
    private final RelayLoop loop;
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean stands = true;

    /** @param onceConfirmed what happens between the broker's confirm of a batch and the move of the position */
    ObservedRelayer(
            PostgresSettings store, DataSource pool, String amqpUrl, Topology topology, Runnable onceConfirmed) {
        this.election = new LeaderElection(store, Duration.ofMinutes(1));
        this.publisher = new ConfirmedPublisher(BrokerSettings.of(amqpUrl, "relayer"), topology);
        this.onceConfirmed = onceConfirmed;
        var bus = new RabbitEventBus(publisher, new EventMessages(topology.partitions()));
        this.loop =
                RelayLoop.start(this::stand, () -> open(pool), events -> publish(bus, events), Duration.ofMillis(10));
    }

    private Feed open(DataSource pool) {
        var feed = new PostgresFeed(pool, Duration.ofSeconds(30));
        return (position, limit) -> {
            var entries = feed.after(position, limit);
            looks.incrementAndGet();
            return entries;
        };
    }

    private Optional<LeaderSession> stand() {
        var lead = stands ? election.tryLead(RelayLoop.NAME) : Optional.<LeaderSession>empty();
        (lead.isPresent() ? leads : standsBy).complete(null);
        return lead;
    }

    private void publish(EventBus bus, List<EventEnvelope> events) {
        try {
            bus.publish(events);
        } catch (Unavailable away) {
            missesBroker.complete(null);
            throw away;
        }
        confirmed.addAll(events);
        onceConfirmed.run();
    }

    /** How often it has looked for events. */
    int looks() {
        return looks.get();
    }

    /** Stands for no election again. */
    void retire() {
        stands = false;
    }

    /** What the broker has confirmed to this relayer. */
    List<EventEnvelope> confirmed() {
        return List.copyOf(confirmed);
    }

    /** Ends as a service does that is stopped. */
    void resign() {
        loop.close();
    }

    @Override
    public void close() {
        resign();
        publisher.close();
    }
}
