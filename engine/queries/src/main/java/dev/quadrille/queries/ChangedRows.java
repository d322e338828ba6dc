package dev.quadrille.queries;

import static java.util.Objects.requireNonNull;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectFrom;
import static org.jooq.impl.DSL.trueCondition;
import static org.jooq.impl.DSL.val;

import dev.quadrille.postgres.Database;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.impl.SQLDataType;

/**
 * The rows of a table that match and have changed since a snapshot, which is a set of transactions: those whose {@code
 * changed_by}, the transaction that wrote their newest state, is not in it.
 */
final class ChangedRows<R extends Record> {

    /** The snapshot of a statement, as text; equal as long as no transaction has come to be visible. */
    static final Field<String> SNAPSHOT = field("pg_current_snapshot()::text", SQLDataType.VARCHAR);

    /** The snapshot without any transaction. */
    static final String NOTHING = "1:1:";

    private static final int PAGE = 500;

    private final Database database;
    private final TableField<R, UUID> id;
    private final Condition filter;

    ChangedRows(Database database, TableField<R, UUID> id, Condition filter) {
        this.database = database;
        this.id = id;
        this.filter = filter;
    }

    /**
     * Reads rows by pages, each in a transaction of its own.
     *
     * @param seen the snapshot that the caller knows
     * @return the snapshot that the caller knows now: of the first page, so that a row that changed after its page was
     *     read is among the next changes
     */
    String tell(String seen, Consumer<R> rows) {
        var page = page(seen, noCondition());
        var snapshot = page.snapshot();
        page.rows().forEach(rows);
        while (page.rows().size() == PAGE) {
            page = page(seen, id.gt(page.rows().getLast().get(id)));
            page.rows().forEach(rows);
        }
        return snapshot;
    }

    private record Page<R>(String snapshot, List<R> rows) {}

    /** The join gives one row with the snapshot also where nothing has changed. */
    private Page<R> page(String seen, Condition further) {
        var table = requireNonNull(id.getTable());
        // Limited before it is joined: rows of a view may be costly.
        var changed = selectFrom(table)
                .where(filter.and(notIn(seen)).and(further))
                .orderBy(id)
                .limit(PAGE)
                .asTable(table);
        var found = database.run(jooq -> jooq.select(SNAPSHOT)
                .select(table.fields())
                .from(select(inline(1)).asTable("always"))
                .leftJoin(changed)
                .on(trueCondition())
                .orderBy(id)
                .fetch());
        return new Page<>(
                found.getFirst().get(SNAPSHOT),
                found.stream()
                        .filter(row -> row.get(id) != null)
                        .map(row -> row.into(table))
                        .toList());
    }

    /** The first condition follows from the second, and has an index. */
    private Condition notIn(String snapshot) {
        return condition(
                "{0} >= pg_snapshot_xmin({1}::pg_snapshot) and not pg_visible_in_snapshot({0}, {1}::pg_snapshot)",
                field(requireNonNull(id.getTable()).getQualifiedName().append("changed_by")), val(snapshot));
    }
}
