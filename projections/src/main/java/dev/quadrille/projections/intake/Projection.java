package dev.quadrille.projections.intake;

import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Handler;
import dev.quadrille.kernel.Unavailable;
import dev.quadrille.postgres.Database;
import java.util.List;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.SQLStateClass;

/**
 * Takes events from the bus into read tables: each batch in one transaction, together with how far their streams have been
 * taken in (P5). Events of categories that the view is not made of are finished without a trace. Safe to share between
 * queues, and beside others on the same database.
 */
public final class Projection implements Handler<EventEnvelope> {

    private final Database database;
    private final Sources sources;
    private final View view;
    private final Runnable committed;

    /** @param committed called after each commit, on the thread that made it */
    public Projection(Database database, Codec codec, View view, Runnable committed) {
        this.database = database;
        this.sources = new Sources(codec);
        this.view = view;
        this.committed = committed;
    }

    @Override
    public Handled<EventEnvelope> handle(List<EventEnvelope> batch) {
        var ours = batch.stream()
                .filter(event -> view.categories().contains(event.stream().category()))
                .toList();
        return Handled.inHalves(ours, EventEnvelope::stream, events -> {
            project(events);
            return Handled.nothing();
        });
    }

    /** Moves the stream on past the event, so that what comes after it is shown. */
    @Override
    public void discard(EventEnvelope event, String why) {
        if (view.categories().contains(event.stream().category())) {
            apply(transaction -> sources.pass(transaction, event));
        }
    }

    private void project(List<EventEnvelope> events) {
        apply(transaction -> sources.admit(transaction, events));
    }

    private void apply(Function<DSLContext, List<Object>> due) {
        try {
            database.transact(transaction -> view.apply(transaction, due.apply(transaction)));
        } catch (DataAccessException failure) {
            if (failure.sqlStateClass() == SQLStateClass.C40_TRANSACTION_ROLLBACK) {
                throw new Unavailable("PostgreSQL has other transactions go first: " + failure.getMessage(), failure);
            }
            throw failure;
        }
        committed.run();
    }
}
