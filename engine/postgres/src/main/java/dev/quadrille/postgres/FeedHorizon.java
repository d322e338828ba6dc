package dev.quadrille.postgres;

import static dev.quadrille.postgres.generated.Tables.CHECKPOINT;
import static dev.quadrille.postgres.generated.Tables.EVENT;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;

import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/**
 * How far a reader of the {@link PostgresFeed} is behind, and whom the feed has to wait for.
 *
 * @param backlog how many positions the last event is ahead of the reader's checkpoint, with those that were rolled
 *     back in between; 0 when the reader has it
 * @param age for how many seconds the oldest of the transactions that append has run; 0 if there is none; NaN if the
 *     server does not tell, as of a prepared transaction, or of another role's without {@code pg_read_all_stats}
 * @param holders these transactions, the oldest first
 */
public record FeedHorizon(long backlog, double age, List<String> holders) {

    /**
     * Looks once, by two small queries. May be called from any thread.
     *
     * @param reader the name of the reader's checkpoint
     * @throws dev.quadrille.kernel.Unavailable if the server is away
     */
    public static FeedHorizon of(DataSource pool, String reader) {
        return new Database(pool).run(jooq -> {
            var age =
                    field("coalesce(extract(epoch from clock_timestamp() - xact_start)::float8, 'NaN')", Double.class);
            var appenders = jooq.select(age, PostgresFeed.DESCRIPTION)
                    .from(PostgresFeed.APPENDERS)
                    .orderBy(field("xact_start"))
                    .fetch();
            return new FeedHorizon(
                    backlog(jooq, reader),
                    appenders.isEmpty() ? 0 : appenders.getFirst().value1(),
                    appenders.getValues(PostgresFeed.DESCRIPTION));
        });
    }

    private static long backlog(DSLContext jooq, String reader) {
        var reached = field(select(CHECKPOINT.POSITION).from(CHECKPOINT).where(CHECKPOINT.NAME.eq(reader)));
        return jooq.select(coalesce(max(EVENT.POSITION), 0L).minus(coalesce(reached, 0L)))
                .from(EVENT)
                .fetchSingle()
                .value1();
    }
}
