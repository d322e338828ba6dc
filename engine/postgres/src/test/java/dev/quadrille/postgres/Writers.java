package dev.quadrille.postgres;

import static dev.quadrille.postgres.generated.Tables.EVENT;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.val;

import com.zaxxer.hikari.HikariDataSource;
import dev.quadrille.kernel.Append;
import dev.quadrille.kernel.Commit;
import dev.quadrille.kernel.Conflict;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.EventStore;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.StreamVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.jooq.DSLContext;

/**
 * Writers that get into each other's way on a few streams until enough is committed, on a thread each. One transaction
 * in four is the event store's own commit, to two streams. The others are what a feed finds hardest: each writes an
 * inbox row, and so draws its transaction id, before it reads the stream that it appends to; pauses there and before
 * its end, now and then for long; and rolls back one time in ten, and whenever another was faster. Most append a few
 * events, some hundreds.
 */
final class Writers implements AutoCloseable {

    static final int COUNT = 16;

    private static final int STREAMS = 48;
    private static final Duration PAUSE = Duration.ofMillis(1);
    private static final Duration LONG_PAUSE = Duration.ofMillis(50);
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private static final String INSERT_EVENTS = """
            insert into event
                (id, stream, version, type, body, recorded_at, correlation_id, causation_id, traceparent)
            select gen_random_uuid(), {0}, version, 'ferry.VehicleBoarded.v1', '{}', now(),
                gen_random_uuid(), gen_random_uuid(), '00-…-01'
            from generate_series({1} + 1, {1} + {2}) version order by version
            on conflict on constraint event_stream_version do nothing""";

    private final long seed;
    private final long enough;
    private final HikariDataSource pool;
    private final Database database;
    private final EventStore store;
    private final AtomicLong committed = new AtomicLong();
    private final CountDownLatch writing = new CountDownLatch(COUNT);

    /**
     * Writers in this database.
     *
     * @param seed of what each of them does; not of who comes first
     * @param enough how many events they commit together
     */
    Writers(PostgresSettings settings, long seed, long enough) {
        this.seed = seed;
        this.enough = enough;
        this.pool = Postgres.pool(settings.withPoolSize(COUNT));
        this.database = new Database(pool);
        this.store = new PostgresEventStore(pool);
    }

    /** How many events are committed, as far as the writers know. Any thread may ask. */
    long committed() {
        return committed.get();
    }

    /** Waits until all have ended, or for so long. Whether they have. */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return writing.await(patience.toNanos(), NANOSECONDS);
    }

    /** Writes until enough is committed by all of them. */
    void write(int writer) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed + writer);
        try {
            while (committed.get() < enough) {
                if (random.nextInt(4) == 0) {
                    commit(random);
                } else {
                    append(random);
                }
            }
        } finally {
            writing.countDown();
        }
    }

    private void commit(RandomGenerator random) {
        var appends = random.ints(0, STREAMS)
                .distinct()
                .limit(2)
                .mapToObj(stream -> nextEvents(stream(stream), 1 + random.nextInt(3)))
                .toList();
        var events = appends.stream().mapToInt(append -> append.events().size()).sum();
        var accepted = new Outcome.Accepted(new StreamVersion(appends.getFirst().stream(), 1), events);
        var outcome = new Outcome(UUID.randomUUID(), null, null, null, NOON, accepted);
        try {
            store.commit(new Commit(appends, List.of(outcome)));
            committed.addAndGet(events);
        } catch (Conflict another) {
            // Was faster.
        }
    }

    private Append nextEvents(StreamId stream, int events) {
        var version = database.run(jooq -> version(jooq, stream));
        var lineage = Lineage.begunBy(UUID.randomUUID());
        var message = new Message("ferry.VehicleBoarded.v1", "{}");
        return new Append(
                stream,
                version,
                LongStream.rangeClosed(version + 1, version + events)
                        .mapToObj(next -> new EventEnvelope(UUID.randomUUID(), stream, next, NOON, lineage, message))
                        .toList());
    }

    private void append(RandomGenerator random) {
        var stream = stream(random.nextInt(STREAMS));
        var events = random.nextInt(20) == 0 ? 200 + random.nextInt(400) : 1 + random.nextInt(5);
        try {
            database.transact(jooq -> {
                jooq.execute("""
                        insert into outcome (command_id, decided_at, stream, version, events)
                        values (gen_random_uuid(), now(), {0}, 1, {1})""", val(stream.toString()), val(events));
                pause(random);
                var inserted =
                        jooq.execute(INSERT_EVENTS, val(stream.toString()), val(version(jooq, stream)), val(events));
                pause(random);
                if (inserted < events || random.nextInt(10) == 0) {
                    throw new RolledBack();
                }
            });
            committed.addAndGet(events);
        } catch (RolledBack meant) {
            // Nothing is committed.
        }
    }

    /** Unchecked, as it has to pass through jOOQ to roll the transaction back. */
    private static final class RolledBack extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private static void pause(RandomGenerator random) {
        var longest = random.nextInt(50) == 0 ? LONG_PAUSE : PAUSE;
        LockSupport.parkNanos(random.nextLong(longest.toNanos()));
    }

    private static long version(DSLContext jooq, StreamId stream) {
        return jooq.select(coalesce(max(EVENT.VERSION), 0L))
                .from(EVENT)
                .where(EVENT.STREAM.eq(stream.toString()))
                .fetchSingle()
                .value1();
    }

    private static StreamId stream(int number) {
        return new StreamId("ferry.crossing", "c" + number);
    }

    /** Closes their connections. */
    @Override
    public void close() {
        pool.close();
    }
}
