package dev.quadrille.postgres;

import static dev.quadrille.postgres.generated.Tables.APPENDER;
import static dev.quadrille.postgres.generated.Tables.EVENT;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.quadrille.kernel.Feed;
import dev.quadrille.kernel.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The feed of the events that {@link PostgresEventStore} stores (P4). Reads from the primary. Asking when there is
 * nothing new costs one small query. Safe to call from any thread.
 *
 * <p>An appender holds a shared advisory lock from before it draws its first position until its transaction has ended;
 * the table's trigger sees to that. So once those that hold it after the sequence was read have ended, every position
 * up to the sequence's value is committed or will never be.
 */
public final class PostgresFeed implements Feed {

    /** The transactions that append, with what the server tells of each. */
    static final Table<?> APPENDERS = table("appender left join pg_stat_activity using (pid)");

    /** Which of {@link #APPENDERS} it is, for people. */
    static final Field<String> DESCRIPTION = field(
            "format('process %s (%s) %s since %s', pid, coalesce(application_name, 'prepared'), state, xact_start)",
            String.class);

    private static final Duration PAUSE = Duration.ofMillis(2);

    private final Database database;
    private final Duration patience;
    private final Pause pause;
    private volatile Range empty = new Range(0, 0);

    /**
     * Reads over these connections.
     *
     * @param patience how long to wait for an appender; longer than the appenders' own time limit
     */
    public PostgresFeed(DataSource pool, Duration patience) {
        this(pool, patience, () -> Thread.sleep(PAUSE));
    }

    PostgresFeed(DataSource pool, Duration patience, Pause pause) {
        this.database = new Database(pool);
        this.patience = patience;
        this.pause = pause;
    }

    /** What to do until looking again whether an appender has ended. */
    interface Pause {
        void take() throws InterruptedException;
    }

    /** Positions behind the first, up to the last, of which no event has one or ever will: they were rolled back. */
    private record Range(long first, long last) {

        boolean holds(long position, long drawn) {
            return first <= position && drawn <= last;
        }
    }

    @Override
    public List<Entry> after(long position, int limit) {
        // Each of the statements has to see what was committed before it, and is a transaction of its own.
        return database.run(jooq -> {
            var drawn = lastDrawn(jooq);
            if (drawn <= position || empty.holds(position, drawn)) {
                return List.of();
            }
            awaitEnd(jooq, appenders(jooq));
            var entries = read(jooq, position, drawn, limit);
            if (entries.size() < limit) {
                empty = new Range(
                        entries.isEmpty() ? position : entries.getLast().position(), drawn);
            }
            return entries;
        });
    }

    private static long lastDrawn(DSLContext jooq) {
        return jooq.select(field("case when is_called then last_value else 0 end", SQLDataType.BIGINT))
                .from(table(name("event_position_seq")))
                .fetchSingle()
                .value1();
    }

    private static Set<String> appenders(DSLContext jooq) {
        return jooq.select(APPENDER.VIRTUALTRANSACTION).from(APPENDER).fetchSet(APPENDER.VIRTUALTRANSACTION);
    }

    private void awaitEnd(DSLContext jooq, Set<String> appending) {
        var begun = System.nanoTime();
        while (!appending.isEmpty()) {
            if (System.nanoTime() - begun > patience.toNanos()) {
                throw new Unavailable(
                        "The feed waits for an append that does not end: " + describe(jooq, appending), null);
            }
            pause();
            appending.retainAll(appenders(jooq));
        }
    }

    private void pause() {
        try {
            pause.take();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unavailable("Interrupted while the feed waited for an append", stopped);
        }
    }

    private static String describe(DSLContext jooq, Set<String> appending) {
        return jooq.select(DESCRIPTION)
                .from(APPENDERS)
                .where("virtualtransaction = any({0})", DSL.val(appending.toArray(String[]::new)))
                .fetch(DESCRIPTION)
                .toString();
    }

    private static List<Entry> read(DSLContext jooq, long position, long last, int limit) {
        return jooq.selectFrom(EVENT)
                .where(EVENT.POSITION.gt(position), EVENT.POSITION.le(last))
                .orderBy(EVENT.POSITION)
                .limit(limit)
                .fetch(row -> new Entry(row.getPosition(), Rows.event(row)));
    }
}
