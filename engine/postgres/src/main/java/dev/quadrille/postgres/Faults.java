package dev.quadrille.postgres;

import dev.quadrille.kernel.Unavailable;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a server that is away, overloaded or too slow from a mistake in what it was asked for. */
final class Faults {

    /**
     * Connection exceptions; insufficient resources; operator intervention, which is also what a statement timeout is;
     * system errors.
     */
    private static final Set<String> CLASSES = Set.of("08", "53", "57", "58");

    /** The server became a standby; a transaction stood idle for too long; a lock was not to be had in time. */
    private static final Set<String> STATES = Set.of("25006", "25P03", "55P03");

    private Faults() {}

    /** The failure itself, or what it is to the engine if the server is to blame. */
    static RuntimeException translated(RuntimeException failure) {
        var cause = sqlCause(failure);
        return cause != null && isTheServers(cause)
                ? new Unavailable("PostgreSQL: " + cause.getMessage(), failure)
                : failure;
    }

    /** The first cause that comes from the driver or the pool. */
    static @Nullable SQLException sqlCause(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static boolean isTheServers(SQLException failure) {
        // The pool throws this when no connection came free in time, and without a state.
        if (failure instanceof SQLTransientConnectionException) {
            return true;
        }
        var state = failure.getSQLState();
        return state != null
                && (STATES.contains(state) || (state.length() == 5 && CLASSES.contains(state.substring(0, 2))));
    }
}
