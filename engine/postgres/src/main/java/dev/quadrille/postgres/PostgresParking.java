package dev.quadrille.postgres;

import static dev.quadrille.postgres.Texts.storable;
import static dev.quadrille.postgres.generated.Tables.PARKED;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import dev.quadrille.kernel.Parking;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Parked messages in a table of whichever database a service has for itself, made by {@link #MIGRATIONS}. */
public final class PostgresParking implements Parking {

    /** Where Flyway finds how to make the table, for {@link Postgres#migrate}. */
    public static final String MIGRATIONS = "classpath:db/parking";

    private static final Field<String[]> HEADER_NAMES =
            DSL.field("array(select key from jsonb_each_text({0}) order by key)", String[].class, PARKED.HEADERS);
    private static final Field<String[]> HEADER_VALUES =
            DSL.field("array(select value from jsonb_each_text({0}) order by key)", String[].class, PARKED.HEADERS);

    /** All but what may be large. */
    private static final List<Field<?>> IN_SHORT = PARKED.fieldStream()
            .filter(field ->
                    !Set.<Field<?>>of(PARKED.STACK, PARKED.HEADERS, PARKED.BODY).contains(field))
            .toList();

    private final Database database;

    /** @param pool {@link Postgres#readOnlyPool} is enough to look */
    public PostgresParking(DataSource pool) {
        this.database = new Database(pool);
    }

    @Override
    public void park(Parked message) {
        database.run(jooq -> insert(jooq, message));
    }

    @Override
    public boolean parkBehind(Parked message) {
        if (message.key().isEmpty()) {
            return false;
        }
        return database.transactResult(jooq -> {
            // The lock has the last one of the key wait for this one, or this one for it.
            var closed = jooq.selectOne()
                    .from(PARKED)
                    .where(those(Filter.key(message.consumer(), message.key())))
                    .limit(1)
                    .forKeyShare()
                    .fetch()
                    .isNotEmpty();
            if (closed) {
                insert(jooq, message);
            }
            return closed;
        });
    }

    private static int insert(DSLContext jooq, Parked message) {
        return jooq.insertInto(PARKED)
                .set(PARKED.ID, message.id())
                .set(PARKED.CONSUMER, storable(message.consumer()))
                .set(PARKED.MESSAGE_ID, storable(message.messageId()))
                .set(PARKED.KEY, storable(message.key()))
                .set(PARKED.TYPE, storable(message.type()))
                .set(PARKED.CORRELATION, storable(message.correlation()))
                .set(failure(message.failure()))
                .set(PARKED.DISCARDED, message.discarded() == null ? null : storable(message.discarded()))
                .set(
                        PARKED.HEADERS,
                        object(message.headers().keySet(), message.headers().values()))
                .set(PARKED.BODY, bytes(message.body()))
                .set(PARKED.PARKED_AT, message.parkedAt())
                .onConflictOnConstraint(PARKED.getPrimaryKey())
                .doNothing()
                .execute();
    }

    private static Map<Field<?>, Object> failure(Failure failure) {
        return Map.of(
                PARKED.ATTEMPTS, failure.attempts(),
                PARKED.REASON, storable(failure.reason()),
                PARKED.STACK, storable(failure.stack()),
                PARKED.FINGERPRINT, storable(failure.fingerprint()));
    }

    @Override
    public Set<String> closedKeys(String consumer) {
        return database.run(jooq -> jooq.selectDistinct(PARKED.KEY)
                .from(PARKED)
                .where(PARKED.CONSUMER.eq(consumer), PARKED.KEY.ne(""))
                .fetchSet(PARKED.KEY));
    }

    @Override
    public boolean holds(String messageId) {
        return database.run(
                jooq -> jooq.fetchExists(jooq.selectFrom(PARKED).where(PARKED.MESSAGE_ID.eq(storable(messageId)))));
    }

    @Override
    public Map<String, Parked> firstOf(Set<String> correlations) {
        return database.run(jooq -> jooq.select(IN_SHORT)
                .distinctOn(PARKED.CORRELATION)
                .from(PARKED)
                .where(PARKED.CORRELATION.eq(
                        any(correlations.stream().map(Texts::storable).toArray(String[]::new))))
                .orderBy(PARKED.CORRELATION, PARKED.NUMBER)
                .fetchMap(PARKED.CORRELATION, PostgresParking::inShort));
    }

    @Override
    public Optional<Place> first(Filter filter) {
        return database.run(jooq -> jooq.select(PARKED.fields())
                .select(HEADER_NAMES, HEADER_VALUES)
                .from(PARKED)
                .where(those(filter))
                .orderBy(PARKED.NUMBER)
                .limit(1)
                .fetchOptional(row -> new Place(row.get(PARKED.NUMBER), whole(row))));
    }

    @Override
    public List<Place> list(Filter filter, long after, int limit) {
        return database.run(jooq -> jooq.select(IN_SHORT)
                .from(PARKED)
                .where(those(filter), PARKED.NUMBER.gt(after))
                .orderBy(PARKED.NUMBER)
                .limit(limit)
                .fetch(row -> new Place(row.get(PARKED.NUMBER), inShort(row))));
    }

    @Override
    public List<Parked> foremost(Filter filter) {
        return foremost(those(filter));
    }

    @Override
    public List<Parked> leftBehind() {
        return foremost(PARKED.ATTEMPTS.eq(0));
    }

    private List<Parked> foremost(Condition condition) {
        var other = PARKED.as("other");
        return database.run(jooq -> jooq.select(IN_SHORT)
                .from(PARKED)
                .where(condition)
                .and(PARKED.KEY
                        .eq("")
                        .or(notExists(selectOne()
                                .from(other)
                                .where(
                                        other.CONSUMER.eq(PARKED.CONSUMER),
                                        other.KEY.eq(PARKED.KEY),
                                        other.NUMBER.lt(PARKED.NUMBER)))))
                .orderBy(PARKED.NUMBER)
                .fetch(PostgresParking::inShort));
    }

    @Override
    public void failed(UUID id, Failure again) {
        database.run(jooq ->
                jooq.update(PARKED).set(failure(again)).where(PARKED.ID.eq(id)).execute());
    }

    @Override
    public void discard(UUID id, String why) {
        database.run(jooq -> jooq.update(PARKED)
                .set(PARKED.DISCARDED, coalesce(PARKED.DISCARDED, storable(why)))
                .where(PARKED.ID.eq(id))
                .execute());
    }

    @Override
    public void finish(UUID id) {
        database.run(jooq -> jooq.deleteFrom(PARKED).where(PARKED.ID.eq(id)).execute());
    }

    private static Condition those(Filter filter) {
        return (filter.id() == null ? noCondition() : PARKED.ID.eq(filter.id()))
                .and(is(PARKED.CONSUMER, filter.consumer()))
                .and(is(PARKED.KEY, filter.key()))
                .and(is(PARKED.FINGERPRINT, filter.fingerprint()))
                .and(is(PARKED.CORRELATION, filter.correlation()));
    }

    private static Condition is(TableField<?, String> column, String wanted) {
        return wanted.isEmpty() ? noCondition() : column.eq(storable(wanted));
    }

    private static Parked whole(Record row) {
        var headers = members(row.get(HEADER_NAMES), row.get(HEADER_VALUES));
        return parked(row, row.get(PARKED.STACK), headers, ByteBuffer.wrap(row.get(PARKED.BODY)));
    }

    private static Parked inShort(Record row) {
        return parked(row, "", Map.of(), ByteBuffer.allocate(0));
    }

    private static Parked parked(Record row, String stack, Map<String, String> headers, ByteBuffer body) {
        return new Parked(
                row.get(PARKED.ID),
                row.get(PARKED.CONSUMER),
                row.get(PARKED.MESSAGE_ID),
                row.get(PARKED.KEY),
                row.get(PARKED.TYPE),
                row.get(PARKED.CORRELATION),
                new Failure(row.get(PARKED.ATTEMPTS), row.get(PARKED.REASON), stack, row.get(PARKED.FINGERPRINT)),
                row.get(PARKED.DISCARDED),
                headers,
                body,
                row.get(PARKED.PARKED_AT));
    }

    private static Map<String, String> members(String[] names, String[] values) {
        return IntStream.range(0, names.length).boxed().collect(Collectors.toMap(i -> names[i], i -> values[i]));
    }

    private static Field<JSONB> object(Collection<String> names, Collection<String> values) {
        return DSL.function("jsonb_object", SQLDataType.JSONB, texts(names), texts(values));
    }

    private static Field<String[]> texts(Collection<String> texts) {
        return val(texts.stream().map(Texts::storable).toArray(String[]::new));
    }

    private static byte[] bytes(ByteBuffer body) {
        var bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return bytes;
    }
}
