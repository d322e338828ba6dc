package dev.quadrille.postgres;

import static org.jooq.impl.DSL.field;

import java.time.Instant;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jooq.impl.SQLDataType;

/**
 * The database server's clock: one for all programs that use the server, whatever theirs say. Each look is a call of it.
 *
 * <p>Every call throws {@link dev.quadrille.kernel.Unavailable} if the server is away.
 */
public final class PostgresClock implements InstantSource {

    private final Database database;

    public PostgresClock(DataSource pool) {
        this.database = new Database(pool);
    }

    @Override
    public Instant instant() {
        return database.run(jooq -> jooq.select(field("clock_timestamp()", SQLDataType.INSTANT))
                .fetchSingle()
                .value1());
    }
}
