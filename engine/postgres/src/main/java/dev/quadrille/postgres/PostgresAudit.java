package dev.quadrille.postgres;

import static dev.quadrille.postgres.Texts.storable;
import static dev.quadrille.postgres.generated.Tables.EVENT;
import static dev.quadrille.postgres.generated.Tables.OUTCOME;
import static dev.quadrille.postgres.generated.Tables.PARKED;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Feed.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * The event store as those read it who ask what happened, and why: nothing is decided by it. Safe to call from any thread.
 *
 * <p>Every call throws {@link dev.quadrille.kernel.Unavailable} if the server is away.
 */
public final class PostgresAudit {

    private final Database database;

    /** Reads over these connections; those of {@link Postgres#readOnlyPool} will do. */
    public PostgresAudit(DataSource pool) {
        this.database = new Database(pool);
    }

    /**
     * Which events.
     *
     * @param type only with this stable name; empty: any
     * @param stream only of this stream; empty: of any
     * @param category only of streams of this category; empty: of any
     * @param correlation only what this command began; null: any
     * @param from only what was recorded at this time or later; null: since ever
     * @param until only what was recorded before this time; null: until now
     */
    public record Search(
            String type,
            String stream,
            String category,
            @Nullable UUID correlation,
            @Nullable Instant from,
            @Nullable Instant until) {}

    /** These events in front of this position in the feed, the newest first. */
    public List<Entry> newest(Search search, long before, int limit) {
        return database.run(jooq -> jooq.selectFrom(EVENT)
                .where(those(search), EVENT.POSITION.lt(before))
                .orderBy(EVENT.POSITION.desc())
                .limit(limit)
                .fetch(row -> new Entry(row.getPosition(), Rows.event(row))));
    }

    private static Condition those(Search search) {
        return is(EVENT.TYPE, search.type())
                .and(is(EVENT.STREAM, search.stream()))
                .and(
                        search.category().isEmpty()
                                ? noCondition()
                                // The sign behind the slash: this is a range of the index.
                                : EVENT.STREAM
                                        .ge(search.category() + "/")
                                        .and(EVENT.STREAM.lt(search.category() + "0")))
                .and(search.correlation() == null ? noCondition() : EVENT.CORRELATION_ID.eq(search.correlation()))
                .and(search.from() == null ? noCondition() : EVENT.RECORDED_AT.ge(search.from()))
                .and(search.until() == null ? noCondition() : EVENT.RECORDED_AT.lt(search.until()));
    }

    private static Condition is(TableField<?, String> column, String wanted) {
        return wanted.isEmpty() ? noCondition() : column.eq(storable(wanted));
    }

    /** The events of a stream in their order, up to this version; an empty list if it does not exist. */
    public List<EventEnvelope> stream(String stream, long upTo) {
        return database.run(jooq -> jooq.selectFrom(EVENT)
                .where(EVENT.STREAM.eq(stream), EVENT.VERSION.le(upTo))
                .orderBy(EVENT.VERSION)
                .fetch(Rows::event));
    }

    /** What these commands began, in the order of the feed. */
    public List<EventEnvelope> correlated(Set<UUID> correlations, int limit) {
        return database.run(jooq -> jooq.selectFrom(EVENT)
                .where(EVENT.CORRELATION_ID.in(correlations))
                .orderBy(EVENT.POSITION)
                .limit(limit)
                .fetch(Rows::event));
    }

    /**
     * The correlation ids of these events, and of those that these commands have recorded in these streams. Reads all of the
     * streams.
     */
    public Set<UUID> correlationsOf(Set<UUID> events, Set<UUID> commands, Set<String> streams) {
        return database.run(jooq -> jooq.select(EVENT.CORRELATION_ID)
                .from(EVENT)
                .where(EVENT.ID.in(events))
                .union(select(EVENT.CORRELATION_ID)
                        .from(EVENT)
                        .where(EVENT.STREAM.in(streams), EVENT.CAUSATION_ID.in(commands)))
                .fetchSet(EVENT.CORRELATION_ID));
    }

    /**
     * The correlation id of an event, of a command that has an outcome, has recorded an event or is parked, or of the
     * stream of that category which has this id; empty if nothing is known of it.
     */
    public Optional<UUID> correlationOf(UUID id, String category) {
        return database.run(jooq -> first(jooq, EVENT.CORRELATION_ID, EVENT.ID.eq(id))
                .or(() -> first(jooq, EVENT.CORRELATION_ID, EVENT.CORRELATION_ID.eq(id)))
                .or(() -> first(
                        jooq,
                        EVENT.CORRELATION_ID,
                        EVENT.STREAM.eq(category + "/" + id).and(EVENT.VERSION.eq(1L))))
                .or(() -> ofCommand(jooq, id))
                .or(() -> ofParked(jooq, id)));
    }

    private static Optional<UUID> first(DSLContext jooq, Field<UUID> column, Condition condition) {
        return jooq.select(column).from(EVENT).where(condition).limit(1).fetchOptional(column);
    }

    /** What a command has recorded may belong to what something else began. */
    private static Optional<UUID> ofCommand(DSLContext jooq, UUID id) {
        var recorded = field(select(EVENT.CORRELATION_ID)
                .from(EVENT)
                .where(
                        EVENT.STREAM.eq(OUTCOME.STREAM),
                        EVENT.VERSION.eq(OUTCOME.VERSION),
                        EVENT.CAUSATION_ID.eq(OUTCOME.COMMAND_ID)));
        var correlation = coalesce(recorded, OUTCOME.CORRELATION_ID, OUTCOME.COMMAND_ID);
        return jooq.select(correlation)
                .from(OUTCOME)
                .where(OUTCOME.COMMAND_ID.eq(id))
                .fetchOptional(correlation);
    }

    private static Optional<UUID> ofParked(DSLContext jooq, UUID id) {
        return jooq
                .select(PARKED.CORRELATION)
                .from(PARKED)
                .where(PARKED.MESSAGE_ID.eq(id.toString()))
                .fetch(PARKED.CORRELATION)
                .stream()
                .filter(correlation -> correlation.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"))
                .map(UUID::fromString)
                .findFirst();
    }
}
