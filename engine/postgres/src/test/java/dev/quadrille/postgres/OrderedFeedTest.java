package dev.quadrille.postgres;

import static dev.quadrille.postgres.generated.Tables.EVENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.SQLDataType.BIGINT;

import dev.quadrille.kernel.Feed;
import dev.quadrille.kernel.Relay;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.StreamVersion;
import dev.quadrille.testkit.Collision;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jooq.Condition;
import org.jooq.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The feed among {@link Writers}, followed as the relayer follows it, while a transaction stays open in another
 * database of the server. Two feeds that are known to be wrong show that the test would notice.
 */
@ParameterizedClass
@MethodSource("dev.quadrille.postgres.TestDatabase#withEventStore")
@DisplayNameGeneration(ReplaceUnderscores.class)
class OrderedFeedTest {

    private static final int BATCH = 1_000;
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final long seed = Long.getLong("quadrille.feed.seed", new Random().nextLong());
    private final Sightings sightings = new Sightings();
    private final TestDatabase test;
    private final Database database;

    private LeaderSession leader;

    /** The most that was committed and not seen. */
    private long backlog;

    /** The most that was committed before a read and not seen after it, although the read said that it was all. */
    private long passedOver;

    OrderedFeedTest(TestDatabase test) {
        this.test = test;
        this.database = new Database(test.pool());
    }

    @BeforeEach
    void begin() {
        leader = new LeaderElection(test.cleared().settings(), Duration.ofMinutes(1))
                .tryLead("relayer")
                .orElseThrow();
    }

    @AfterEach
    void end() {
        leader.close();
    }

    @Test
    void P4_none_is_lost_none_comes_before_its_predecessor_and_the_backlog_stays_small() throws Exception {
        var events = 200_000;

        var committed = followAmongWriters(relay(new PostgresFeed(test.pool(), PATIENCE)), events);

        assertThat(lost()).as(seeded("lost")).isEmpty();
        assertThat(sightings.late()).as(seeded("after a successor")).isEmpty();
        assertThat(sightings.repeated()).as(seeded("repeated")).isEmpty();
        assertThat(sightings.seen()).as(seeded("seen")).isEqualTo(committed);
        assertThat(passedOver).as(seeded("passed over")).isZero();
        // A feed that stands still leaves all. Measured: 3,700 to 29,000, the more the less of the machine was free.
        assertThat(backlog).as(seeded("backlog")).isLessThan(events / 2);
    }

    @Test
    void P4_a_feed_of_what_stands_behind_a_checkpoint_is_caught_losing_events() throws Exception {
        followAmongWriters(relay(byPosition()), 5_000);

        assertThat(lost()).as(seeded("lost")).isNotEmpty();
    }

    @Test
    void P4_a_feed_by_transaction_id_is_caught_standing_still_and_then_out_of_order() throws Exception {
        var relay = relay(byTransaction());

        var committed = followAmongWriters(relay, 30_000);
        assertThat(passedOver).as(seeded("passed over")).isEqualTo(committed);
        assertThat(backlog).as(seeded("backlog")).isEqualTo(committed);

        while (relay.next() > 0) {
            // The transaction elsewhere has ended.
        }
        assertThat(sightings.late()).as(seeded("after a successor")).isNotEmpty();
    }

    private String seeded(String what) {
        return what + " with -Dquadrille.feed.seed=" + seed;
    }

    private Relay relay(Feed feed) {
        return new Relay("relayer", feed, leader, sightings, BATCH);
    }

    /** How many events were committed meanwhile. */
    private long followAmongWriters(Relay relay, int events) throws Exception {
        try (var elsewhere = Postgres.connect(Postgres.maintenance(test.settings()));
                var writers = new Writers(test.settings(), seed, events)) {
            new Database(elsewhere).run(jooq -> jooq.execute("set idle_in_transaction_session_timeout = 0"));
            elsewhere.setAutoCommit(false);
            var open = transactionId(elsewhere);
            Collision.<Void>of(Writers.COUNT + 1, i -> () -> {
                if (i == Writers.COUNT) {
                    follow(relay, writers);
                } else {
                    writers.write(i);
                }
                return null;
            });
            assertThat(transactionId(elsewhere)).isEqualTo(open);
            elsewhere.commit();
            return writers.committed();
        }
    }

    private static Object transactionId(Connection transaction) {
        return new Database(transaction).run(jooq -> jooq.fetchValue("select pg_current_xact_id()::text"));
    }

    /** As the relayer does: the next batch at once after a full one, else after a pause. */
    private void follow(Relay relay, Writers writers) throws InterruptedException {
        var relayed = 0;
        boolean ended;
        do {
            ended = writers.awaitEnd(relayed < BATCH ? INTERVAL : Duration.ZERO);
            var committedBefore = writers.committed();
            relayed = relay.next();
            backlog = Math.max(backlog, writers.committed() - sightings.seen());
            if (relayed < BATCH) {
                passedOver = Math.max(passedOver, committedBefore - sightings.seen());
            }
        } while (!ended || relayed > 0);
    }

    private List<StreamVersion> lost() {
        return sightings.lost(database.run(jooq -> jooq.select(EVENT.STREAM, max(EVENT.VERSION))
                .from(EVENT)
                .groupBy(EVENT.STREAM)
                .fetchMap(stream -> StreamId.parse(stream.value1()), stream -> stream.value2())));
    }

    /** Wrong: steps over a position that was drawn and is committed later. */
    private Feed byPosition() {
        return (position, limit) -> read(EVENT.POSITION.gt(position), limit, EVENT.POSITION);
    }

    /**
     * Wrong: waits for every transaction of the server, and one that began earlier may append later. The position
     * stands for its transaction and itself.
     */
    private Feed byTransaction() {
        var transaction = field("xmin::text::bigint", BIGINT);
        var oldestOpen = field("pg_snapshot_xmin(pg_current_snapshot())::text::bigint", BIGINT);
        return (position, limit) -> {
            var reached = field(select(transaction).from(EVENT).where(EVENT.POSITION.eq(position)));
            var behind = row(transaction, EVENT.POSITION).gt(row(coalesce(reached, 0L), val(position)));
            return read(transaction.lt(oldestOpen).and(behind), limit, transaction, EVENT.POSITION);
        };
    }

    private List<Feed.Entry> read(Condition condition, int limit, Field<?>... order) {
        return database.run(jooq -> jooq.selectFrom(EVENT)
                .where(condition)
                .orderBy(order)
                .limit(limit)
                .fetch(event -> new Feed.Entry(event.getPosition(), Rows.event(event))));
    }
}
