package dev.quadrille.postgres;

import static dev.quadrille.postgres.generated.Tables.CHECKPOINT;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.val;

import dev.quadrille.kernel.Checkpoints;
import dev.quadrille.kernel.Unavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jooq.impl.SQLDataType;

/**
 * The lead, for as long as its connection lasts. Positions are loaded and saved on that same connection, so that whoever
 * has lost the lead can't move one. A session that was {@link Unavailable} once stays so: close it and stand for
 * election again. For one thread at a time.
 */
public final class LeaderSession implements Checkpoints, AutoCloseable {

    /** The server asks a silent client's host after 2 s, and gives up when three questions went unanswered. */
    private static final String NOTICE_VANISHED_HOST =
            "set tcp_keepalives_idle = 2; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 3;"
                    + " set tcp_user_timeout = 5000";

    private final Connection connection;
    private final Database database;

    LeaderSession(Connection connection) {
        this.connection = connection;
        this.database = new Database(connection);
    }

    /** @param silence after which the server ends the session, as that of a process which stands still */
    boolean lock(String name, Duration silence) {
        return database.run(jooq -> {
            jooq.execute(NOTICE_VANISHED_HOST);
            jooq.execute("set idle_session_timeout = " + silence.toMillis());
            return jooq.select(field(
                            "pg_try_advisory_lock(hashtextextended({0}, 0))", SQLDataType.BOOLEAN, val("lead " + name)))
                    .fetchSingle()
                    .value1();
        });
    }

    @Override
    public long load(String name) {
        return database.run(jooq -> jooq.selectFrom(CHECKPOINT)
                .where(CHECKPOINT.NAME.eq(name))
                .fetchOptional(CHECKPOINT.POSITION)
                .orElse(0L));
    }

    @Override
    public void save(String name, long position) {
        database.run(jooq -> jooq.insertInto(CHECKPOINT)
                .set(CHECKPOINT.NAME, name)
                .set(CHECKPOINT.POSITION, position)
                .onConflictOnConstraint(CHECKPOINT.getPrimaryKey())
                .doUpdate()
                .set(CHECKPOINT.POSITION, excluded(CHECKPOINT.POSITION))
                .execute());
    }

    /** Gives the lead up, at once. Repeating it is harmless. */
    @Override
    public void close() {
        try (connection) {
            // Closing alone would free the lock as well, but a moment later.
            database.run(jooq -> jooq.execute("select pg_advisory_unlock_all()"));
        } catch (Unavailable | SQLException lostBefore) {
            // Then the lock is free already.
        }
    }
}
