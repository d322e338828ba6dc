package dev.quadrille.queries;

import static java.util.Objects.requireNonNull;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.noCondition;

import com.google.protobuf.Message;
import com.google.protobuf.ProtocolMessageEnum;
import dev.quadrille.grpc.GrpcErrors;
import dev.quadrille.postgres.Database;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.TableField;

/**
 * The tables of one view, as the calls of its query service are answered from them. Safe to use from any thread.
 *
 * @param categories of the streams that the tables are made of: those for which a consistency token is waited for
 */
public record ReadTables(Database database, Freshness freshness, Watches watches, Set<String> categories) {

    /** Answers a call that has one answer, once its consistency token is satisfied. */
    public <M> void answer(StreamObserver<M> responses, String consistencyToken, Supplier<M> answer) {
        Calls.answer(responses, () -> {
            freshness.await(consistencyToken, categories);
            return answer.get();
        });
    }

    /**
     * The row with this id.
     *
     * @param shown which rows there are for callers
     * @throws io.grpc.StatusRuntimeException NOT_FOUND, named after the table, if there is none
     */
    public <R extends Record> R one(TableField<R, UUID> column, String id, Condition shown) {
        var table = requireNonNull(column.getTable());
        var row = database.run(jooq -> jooq.selectFrom(table)
                .where(column.eq(UUID.fromString(id)))
                .and(shown)
                .fetchOne());
        if (row == null) {
            var name = table.getName();
            throw GrpcErrors.notFound(name.toUpperCase(Locale.ROOT) + "_NOT_FOUND", "There is no " + name + " " + id);
        }
        return row;
    }

    /** The page that a request asks for, see {@link Page}. */
    public <R extends Record> Page<R> page(Message request, TableField<R, UUID> id, Condition filter) {
        return database.run(jooq -> Page.of(jooq, request, id, filter));
    }

    /** Answers a call that watches a table, see {@link Watches}, once its consistency token is satisfied. */
    public <R extends Record, M> void watch(
            StreamObserver<M> responses,
            String consistencyToken,
            TableField<R, UUID> id,
            Condition filter,
            Function<R, M> message) {
        Calls.checked(() -> {
            freshness.await(consistencyToken, categories);
            return consistencyToken;
        });
        watches.watch(responses, id, filter, message);
    }

    /** That a column is this id; empty: any. */
    public static Condition is(Field<UUID> column, String id) {
        return id.isEmpty() ? noCondition() : column.eq(UUID.fromString(id));
    }

    /** That a column is this status, as the gRPC contract names it; unspecified: any. */
    public static Condition is(Field<String> column, ProtocolMessageEnum status) {
        return status.getNumber() == 0
                ? noCondition()
                : column.eq(status.getValueDescriptor().getName());
    }

    /** That a column is one of these ids; none: any. */
    public static Condition among(Field<UUID> column, List<String> ids) {
        return ids.isEmpty()
                ? noCondition()
                : column.eq(any(ids.stream().map(UUID::fromString).toArray(UUID[]::new)));
    }
}
