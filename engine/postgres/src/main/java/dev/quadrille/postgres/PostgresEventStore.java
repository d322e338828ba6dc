package dev.quadrille.postgres;

import static dev.quadrille.postgres.generated.Keys.EVENT_STREAM_VERSION;
import static dev.quadrille.postgres.generated.Tables.EVENT;
import static dev.quadrille.postgres.generated.Tables.OUTCOME;
import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectFrom;

import dev.quadrille.kernel.Append;
import dev.quadrille.kernel.Commit;
import dev.quadrille.kernel.Conflict;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.EventRef;
import dev.quadrille.kernel.EventStore;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.StreamVersion;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Insert;
import org.jooq.InsertOnDuplicateStep;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;

/**
 * Streams and outcomes in the tables of {@link EventStoreSchema}. The unique index on stream and version is the lock:
 * nobody waits while deciding, and of those who append to one version the first to insert wins.
 */
public final class PostgresEventStore implements EventStore {

    /** Deadlock, and a failure to serialize: this commit and another were in each other's way. */
    private static final Set<String> CROSSED = Set.of("40P01", "40001");

    private final Database database;

    /**
     * A store on these connections.
     *
     * @param pool from {@link Postgres#pool}, whose limits bound how long an append can hold the feed up
     */
    public PostgresEventStore(DataSource pool) {
        this.database = new Database(pool);
    }

    @Override
    public Map<StreamId, List<EventEnvelope>> read(Map<StreamId, Long> after) {
        if (after.isEmpty()) {
            return Map.of();
        }
        var found = database.run(jooq -> events(jooq, after)).stream()
                .collect(groupingBy(EventEnvelope::stream, HashMap::new, toList()));
        after.keySet().forEach(stream -> found.putIfAbsent(stream, List.of()));
        return found;
    }

    private static List<EventEnvelope> events(DSLContext jooq, Map<StreamId, Long> after) {
        // A subquery with an order of its own is run for each stream, by the index, also while there are no statistics.
        var ofOneStream = selectFrom(EVENT)
                .where(EVENT.STREAM.eq(Given.value(EVENT.STREAM)), EVENT.VERSION.gt(Given.value(EVENT.VERSION)))
                .orderBy(EVENT.VERSION)
                .asTable(EVENT);
        return jooq.select(EVENT.fields())
                .from(Given.table(versions(jooq, after)), lateral(ofOneStream))
                .orderBy(EVENT.VERSION)
                .fetch(Rows::event);
    }

    @Override
    public Map<EventRef, EventEnvelope> stored(Set<EventRef> events) {
        if (events.isEmpty()) {
            return Map.of();
        }
        return database.run(jooq -> {
            var wanted = jooq.newResult(EVENT.ID, EVENT.STREAM, EVENT.VERSION);
            events.forEach(event -> wanted.add(jooq.newRecord(EVENT.ID, EVENT.STREAM, EVENT.VERSION)
                    .values(event.id(), event.stream().toString(), event.version())));
            return jooq
                    .select(EVENT.fields())
                    .from(Given.table(wanted))
                    .join(EVENT)
                    .on(
                            EVENT.STREAM.eq(Given.value(EVENT.STREAM)),
                            EVENT.VERSION.eq(Given.value(EVENT.VERSION)),
                            EVENT.ID.eq(Given.value(EVENT.ID)))
                    .fetch(Rows::event)
                    .stream()
                    .collect(toMap(EventEnvelope::ref, identity()));
        });
    }

    @Override
    public Set<StreamId> existing(Set<StreamId> streams) {
        if (streams.isEmpty()) {
            return Set.of();
        }
        var names = streams.stream().map(StreamId::toString).toArray(String[]::new);
        return database.run(jooq -> jooq.select(EVENT.STREAM)
                .from(EVENT)
                .where(EVENT.STREAM.eq(any(names)), EVENT.VERSION.eq(1L))
                .fetchSet(row -> StreamId.parse(row.value1())));
    }

    @Override
    public void commit(Commit commit) throws Conflict {
        if (commit.appends().isEmpty() && commit.outcomes().isEmpty()) {
            return;
        }
        try {
            database.transact(jooq -> write(jooq, commit));
        } catch (LostRace race) {
            throw conflict(commit);
        } catch (DataAccessException failure) {
            if (CROSSED.contains(failure.sqlState())) {
                throw conflict(commit);
            }
            throw failure;
        }
    }

    /** The commit did not come first. Unchecked, as it has to pass through jOOQ to roll the transaction back. */
    private static final class LostRace extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private Conflict conflict(Commit commit) {
        return database.run(jooq -> moved(jooq, commit.appends()))
                .map(moved -> Conflict.moved(moved.stream(), moved.version()))
                .orElseGet(() -> Conflict.settled("Another commit settles a command or a request id of this one"));
    }

    private static void write(DSLContext jooq, Commit commit) {
        if (moved(jooq, commit.appends()).isPresent()) {
            throw new LostRace();
        }
        // In one order for all, so that two commits over the same rows meet at the first and can't deadlock.
        var events = commit.appends().stream()
                .sorted(comparing(append -> append.stream().toString()))
                .flatMap(append -> append.events().stream().map(Rows::row))
                .toList();
        var outcomes = commit.outcomes().stream()
                .sorted(comparing(Outcome::requestId, nullsFirst(naturalOrder()))
                        .thenComparing(Outcome::commandId))
                .map(Rows::row)
                .toList();
        if (!insertAll(
                        jooq,
                        EVENT,
                        events,
                        it -> it.onConflictOnConstraint(EVENT_STREAM_VERSION).doNothing())
                || !insertAll(jooq, OUTCOME, outcomes, InsertOnDuplicateStep::onConflictDoNothing)) {
            throw new LostRace();
        }
        PostgresDeadlines.change(jooq, commit.deadlines());
    }

    /** One of the streams that are not at their expected version, with that version. */
    private static Optional<StreamVersion> moved(DSLContext jooq, List<Append> appends) {
        if (appends.isEmpty()) {
            return Optional.empty();
        }
        var expected = appends.stream().collect(toMap(Append::stream, Append::expectedVersion));
        var stream = Given.value(EVENT.STREAM);
        var version = Given.value(EVENT.VERSION);
        var actual = field(select(max(EVENT.VERSION)).from(EVENT).where(EVENT.STREAM.eq(stream)));
        return jooq.select(stream, version)
                .from(Given.table(versions(jooq, expected)))
                .where(version.ne(coalesce(actual, 0L)))
                .limit(1)
                .fetchOptional(row -> new StreamVersion(StreamId.parse(row.value1()), row.value2()));
    }

    private static Result<?> versions(DSLContext jooq, Map<StreamId, Long> streams) {
        var rows = jooq.newResult(EVENT.STREAM, EVENT.VERSION);
        streams.forEach((stream, version) ->
                rows.add(jooq.newRecord(EVENT.STREAM, EVENT.VERSION).values(stream.toString(), version)));
        return rows;
    }

    /** Inserts in the order given, leaving out what collides with rows of others. Whether all went in. */
    private static <R extends Record> boolean insertAll(
            DSLContext jooq, Table<R> table, List<R> rows, Function<InsertOnDuplicateStep<R>, Insert<R>> leaveOut) {
        if (rows.isEmpty()) {
            return true;
        }
        var given = jooq.newResult(table);
        given.addAll(rows);
        var columns = table.fieldStream()
                .filter(column -> !column.getDataType().identity())
                .toArray(Field<?>[]::new);
        var values = Stream.of(columns).map(Given::value).toList();
        var insert = jooq.insertInto(table, columns)
                .select(select(values).from(Given.table(given.into(columns))).orderBy(Given.NUMBER));
        return leaveOut.apply(insert).execute() == rows.size();
    }

    /**
     * Deletes outcomes that have expired, oldest first. Called every now and then, by several services at once if it
     * must be, until less is deleted than the limit allows.
     *
     * @param limit how many at most, so that the transaction stays short
     * @return how many were deleted
     * @throws dev.quadrille.kernel.Unavailable if the server is away
     */
    public int deleteOutcomesBefore(Instant expiry, int limit) {
        return database.run(jooq -> jooq.deleteFrom(OUTCOME)
                .where(OUTCOME.COMMAND_ID.in(select(OUTCOME.COMMAND_ID)
                        .from(OUTCOME)
                        .where(OUTCOME.DECIDED_AT.lt(expiry))
                        .orderBy(OUTCOME.DECIDED_AT)
                        .limit(limit)
                        .forUpdate()
                        .skipLocked()))
                .execute());
    }
}
