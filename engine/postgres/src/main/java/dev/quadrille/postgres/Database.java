package dev.quadrille.postgres;

import dev.quadrille.kernel.Unavailable;
import java.sql.Connection;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * jOOQ on a database. Safe to call from any thread, unless it stands on a single connection.
 *
 * <p>Every call throws {@link Unavailable} if the server is away, overloaded or too slow, and jOOQ's
 * {@link DataAccessException} for everything else that the server refuses.
 */
public final class Database {

    private final DSLContext jooq;

    /** Works on connections of this pool. */
    public Database(DataSource pool) {
        this.jooq = DSL.using(pool, SQLDialect.POSTGRES);
    }

    /** Works on this connection alone, which remains the caller's to close. */
    Database(Connection connection) {
        this.jooq = DSL.using(connection, SQLDialect.POSTGRES);
    }

    /** Whether it answers now. */
    public boolean answers() {
        try {
            return run(DSLContext::selectOne).fetch().isNotEmpty();
        } catch (Unavailable | DataAccessException away) {
            return false;
        }
    }

    /** Runs statements of which each is a transaction of its own. */
    public <T> T run(Function<DSLContext, T> statements) {
        try {
            return statements.apply(jooq);
        } catch (RuntimeException failure) {
            throw Faults.translated(failure);
        }
    }

    /** Runs statements in one transaction, READ COMMITTED; an exception rolls it back. */
    public <T> T transactResult(Function<DSLContext, T> statements) {
        return run(jooq -> jooq.transactionResult(transaction -> statements.apply(transaction.dsl())));
    }

    /** Likewise, without a result. */
    public void transact(Consumer<DSLContext> statements) {
        transactResult(jooq -> {
            statements.accept(jooq);
            return true;
        });
    }
}
