package dev.quadrille.postgres;

import static dev.quadrille.postgres.generated.Tables.OUTCOME;
import static org.jooq.impl.DSL.any;

import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.Outcomes;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** The outcomes that {@link PostgresEventStore} recorded. */
public final class PostgresOutcomes implements Outcomes {

    private final Database database;

    /** Reads over these connections; those of {@link Postgres#readOnlyPool} will do. */
    public PostgresOutcomes(DataSource pool) {
        this.database = new Database(pool);
    }

    @Override
    public Map<UUID, Outcome> find(Collection<UUID> commandIds) {
        if (commandIds.isEmpty()) {
            return Map.of();
        }
        return database.run(jooq -> jooq.selectFrom(OUTCOME)
                .where(OUTCOME.COMMAND_ID.eq(any(array(commandIds))))
                .fetchMap(OUTCOME.COMMAND_ID, Rows::outcome));
    }

    @Override
    public Map<UUID, UUID> holders(Collection<UUID> requestIds) {
        if (requestIds.isEmpty()) {
            return Map.of();
        }
        return database.run(jooq -> jooq.select(OUTCOME.REQUEST_ID, OUTCOME.COMMAND_ID)
                .from(OUTCOME)
                .where(OUTCOME.REQUEST_ID.eq(any(array(requestIds))))
                .fetchMap(OUTCOME.REQUEST_ID, OUTCOME.COMMAND_ID));
    }

    private static UUID[] array(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }
}
