package dev.quadrille.postgres.intake;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Handler;
import dev.quadrille.kernel.Unavailable;
import dev.quadrille.postgres.Database;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.SQLStateClass;

/**
 * Takes events from the bus into read tables: each batch in one transaction, together with how far their streams have been
 * taken in (P5). Events of categories that no view is made of are finished without a trace. Safe to share between queues,
 * and beside others on the same database.
 */
public final class Projection implements Handler<EventEnvelope> {

    /**
     * Where Flyway finds how to make its tables, for {@link dev.quadrille.postgres.Postgres#migrate}; not for a database
     * whose own migrations make them.
     */
    public static final String MIGRATIONS = "classpath:db/intake";

    private final Database database;
    private final Sources sources;
    private final List<View> views;
    private final Set<String> categories;
    private final Runnable committed;

    /**
     * @param views in the order in which they are changed, the same in all instances
     * @param committed called after each commit, on the thread that made it
     */
    public Projection(Database database, Codec codec, List<View> views, Runnable committed) {
        this.database = database;
        this.sources = new Sources(codec);
        this.views = List.copyOf(views);
        this.categories =
                views.stream().flatMap(view -> view.categories().stream()).collect(toUnmodifiableSet());
        this.committed = committed;
    }

    @Override
    public Handled<EventEnvelope> handle(List<EventEnvelope> batch) {
        var ours = batch.stream().filter(event -> isOf(categories, event)).toList();
        return Handled.inHalves(ours, EventEnvelope::stream, events -> {
            project(events);
            return Handled.nothing();
        });
    }

    /** Moves the stream on past the event, so that what comes after it is shown. */
    @Override
    public void discard(EventEnvelope event, String why) {
        if (isOf(categories, event)) {
            apply(transaction -> sources.pass(transaction, event));
        }
    }

    private void project(List<EventEnvelope> events) {
        apply(transaction -> sources.admit(transaction, events));
    }

    private void apply(Function<DSLContext, List<Happened>> due) {
        try {
            database.transact(transaction -> show(transaction, due.apply(transaction)));
        } catch (DataAccessException failure) {
            if (failure.sqlStateClass() == SQLStateClass.C40_TRANSACTION_ROLLBACK) {
                throw new Unavailable("PostgreSQL has other transactions go first: " + failure.getMessage(), failure);
            }
            throw failure;
        }
        committed.run();
    }

    private void show(DSLContext transaction, List<Happened> due) {
        for (var view : views) {
            var events = due.stream()
                    .filter(happened -> isOf(view.categories(), happened.envelope()))
                    .toList();
            if (!events.isEmpty()) {
                view.apply(transaction, events);
            }
        }
    }

    private static boolean isOf(Set<String> categories, EventEnvelope event) {
        return categories.contains(event.stream().category());
    }
}
