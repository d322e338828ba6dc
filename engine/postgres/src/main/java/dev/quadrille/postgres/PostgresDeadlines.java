package dev.quadrille.postgres;

import static dev.quadrille.postgres.generated.Tables.DEADLINE;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.select;

import dev.quadrille.kernel.Deadlines;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.postgres.generated.tables.records.DeadlineRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/** The deadlines that {@link PostgresEventStore} stored with the events which schedule them. */
public final class PostgresDeadlines implements Deadlines {

    private final Database database;

    public PostgresDeadlines(DataSource pool) {
        this.database = new Database(pool);
    }

    @Override
    public List<Scheduled> due(Instant now, Set<UUID> processes, int limit) {
        return database.run(jooq -> jooq.selectFrom(DEADLINE)
                .where(DEADLINE.SCHEDULED_FOR.le(now), DEADLINE.PROCESS.eq(any(processes.toArray(UUID[]::new))))
                .orderBy(DEADLINE.SCHEDULED_FOR, DEADLINE.STREAM, DEADLINE.VERSION, DEADLINE.INDEX)
                .limit(limit)
                .fetch(PostgresDeadlines::scheduled));
    }

    @Override
    public void delivered(List<Scheduled> deadlines) {
        if (deadlines.isEmpty()) {
            return;
        }
        database.run(jooq -> {
            var gone = jooq.newResult(DEADLINE);
            deadlines.forEach(deadline -> gone.add(row(deadline)));
            return jooq.deleteFrom(DEADLINE)
                    .using(Given.table(gone))
                    .where(
                            DEADLINE.STREAM.eq(Given.value(DEADLINE.STREAM)),
                            DEADLINE.VERSION.eq(Given.value(DEADLINE.VERSION)),
                            DEADLINE.INDEX.eq(Given.value(DEADLINE.INDEX)))
                    .execute();
        });
    }

    /** Part of the transaction that appends what schedules and drops these. */
    static void change(DSLContext transaction, List<Change> changes) {
        var dropped = new ArrayList<String>();
        var rows = new ArrayList<DeadlineRecord>();
        for (var change : changes) {
            switch (change) {
                case Change.Schedule(var deadline) -> rows.add(row(deadline));
                case Change.Drop(var stream) -> dropped.add(stream.toString());
            }
        }
        if (!rows.isEmpty()) {
            var given = transaction.newResult(DEADLINE);
            given.addAll(rows);
            var values = DEADLINE.fieldStream().map(Given::value).toList();
            transaction
                    .insertInto(DEADLINE, DEADLINE.fields())
                    .select(select(values).from(Given.table(given)))
                    .execute();
        }
        if (!dropped.isEmpty()) {
            transaction
                    .deleteFrom(DEADLINE)
                    .where(DEADLINE.STREAM.eq(any(dropped.toArray(String[]::new))))
                    .execute();
        }
    }

    private static DeadlineRecord row(Scheduled deadline) {
        return new DeadlineRecord(
                deadline.stream().toString(),
                deadline.version(),
                deadline.index(),
                deadline.process(),
                deadline.scheduledFor(),
                deadline.lineage().correlationId(),
                deadline.lineage().causationId(),
                deadline.lineage().traceparent());
    }

    private static Scheduled scheduled(DeadlineRecord row) {
        return new Scheduled(
                StreamId.parse(row.getStream()),
                row.getVersion(),
                row.getIndex(),
                row.getProcess(),
                row.getScheduledFor(),
                new Lineage(row.getCorrelationId(), row.getCausationId(), row.getTraceparent()));
    }
}
