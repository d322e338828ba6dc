package dev.quadrille.queries;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.quadrille.kernel.Unavailable;
import dev.quadrille.postgres.Database;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.TableField;

/**
 * Answers calls that watch a table: first the rows that match, then the newest state of each that changes and matches. All
 * of it is read from the database, so it does not matter which process changes a row, and a caller who takes the answers
 * slowly may miss states of a row, but not its newest. Safe to use from any thread.
 */
public final class Watches implements AutoCloseable {

    private final Database database;
    private final Lookout<String, String> news;

    /** @param database whose watched tables have a column {@code changed_by}, see {@link ChangedRows} */
    public Watches(Database database) {
        this.database = database;
        this.news = new Lookout<>("watches", this::outdated, Duration.ofMillis(50), Duration.ofMillis(100));
    }

    private Map<String, String> outdated(Set<String> snapshots) {
        var now = database.run(jooq -> jooq.select(ChangedRows.SNAPSHOT).fetchSingle(ChangedRows.SNAPSHOT));
        return snapshots.stream()
                .filter(snapshot -> !snapshot.equals(now))
                .collect(toUnmodifiableMap(Function.identity(), _ -> now));
    }

    /**
     * Answers a call on a thread of its own, as long as the call lasts; ends it with UNAVAILABLE when the database goes
     * away or this is closed. Called on the call's thread.
     *
     * @param filter which rows match
     * @param message a row as it is told
     */
    public <R extends Record, M> void watch(
            StreamObserver<M> responses, TableField<R, UUID> id, Condition filter, Function<R, M> message) {
        var call = new PacedCall<>((ServerCallStreamObserver<M>) responses);
        var changed = new ChangedRows<>(database, id, filter);
        Thread.ofVirtual().name("watch").start(Context.current().wrap(() -> tell(call, changed, message)));
    }

    private <R extends Record, M> void tell(PacedCall<M> call, ChangedRows<R> changed, Function<R, M> message) {
        try {
            var seen = ChangedRows.NOTHING;
            while (true) {
                seen = changed.tell(seen, row -> call.send(message.apply(row)));
                Calls.await(news.find(seen));
            }
        } catch (CancellationException over) {
            // The caller has left; there is nobody to tell.
        } catch (Unavailable away) {
            call.fail(Calls.unavailable());
        } catch (RuntimeException bug) {
            call.fail(bug);
        }
    }

    /** Has the watches look soon, because rows have changed. */
    public void nudge() {
        news.nudge();
    }

    @Override
    public void close() {
        news.close();
    }
}
