package dev.quadrille.postgres;

import static dev.quadrille.postgres.Texts.storable;
import static dev.quadrille.postgres.generated.Tables.PARKED;
import static org.jooq.impl.DSL.val;

import dev.quadrille.kernel.Parking;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Parked messages in a table of whichever database a service has for itself, made by {@link #MIGRATIONS}. */
public final class PostgresParking implements Parking {

    /** Where Flyway finds how to make the table, for {@link Postgres#migrate}. */
    public static final String MIGRATIONS = "classpath:db/parking";

    private final Database database;

    /** @param pool {@link Postgres#readOnlyPool} is enough to look */
    public PostgresParking(DataSource pool) {
        this.database = new Database(pool);
    }

    @Override
    public void park(Parked message) {
        database.run(jooq -> jooq.insertInto(PARKED)
                .set(PARKED.CONSUMER, storable(message.consumer()))
                .set(PARKED.MESSAGE_ID, storable(message.messageId()))
                .set(PARKED.KEY, storable(message.key()))
                .set(PARKED.ATTEMPTS, message.attempts())
                .set(PARKED.REASON, storable(message.reason()))
                .set(PARKED.STACK, storable(message.stack()))
                .set(
                        PARKED.HEADERS,
                        object(message.headers().keySet(), message.headers().values()))
                .set(PARKED.BODY, bytes(message.body()))
                .set(PARKED.PARKED_AT, message.parkedAt())
                .onConflictOnConstraint(PARKED.getPrimaryKey())
                .doNothing()
                .execute());
    }

    /**
     * Whether some consumer has parked this message.
     *
     * @throws dev.quadrille.kernel.Unavailable if the server is away
     */
    public boolean holds(UUID messageId) {
        return database.run(
                jooq -> jooq.fetchExists(jooq.selectFrom(PARKED).where(PARKED.MESSAGE_ID.eq(messageId.toString()))));
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
