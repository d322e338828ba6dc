package dev.quadrille.postgres.intake;

import static java.util.Objects.requireNonNull;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.select;

import dev.quadrille.postgres.Given;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.TableField;
import org.jooq.TableRecord;

/** How views write what they have added up. */
public final class Upsert {

    private Upsert() {}

    /**
     * Makes rows, or changes them, in the order in which they are given, which is that of their locks.
     *
     * @param key the primary key
     * @param facts columns that keep what they hold where a row has nothing new
     * @param sums columns to which a row's is added
     */
    public static <R extends TableRecord<R>> void upsert(
            DSLContext transaction,
            List<? extends TableField<R, ?>> key,
            Collection<R> rows,
            List<Field<?>> facts,
            List<? extends Field<? extends Number>> sums) {
        if (rows.isEmpty()) {
            return;
        }
        var columns = Stream.of(key, facts, sums).flatMap(List::stream).toArray(Field<?>[]::new);
        var given = transaction.newResult(columns);
        rows.forEach(row -> given.add(row.into(columns)));
        var changes = new LinkedHashMap<Field<?>, Field<?>>();
        facts.forEach(fact -> changes.put(fact, newest(fact)));
        sums.forEach(sum -> changes.put(sum, total(sum)));
        transaction
                .insertInto(requireNonNull(key.getFirst().getTable()), columns)
                .select(select(Stream.of(columns).map(Given::value).toList())
                        .from(Given.table(given))
                        .orderBy(Given.NUMBER))
                .onConflict(key)
                .doUpdate()
                .set(changes)
                .execute();
    }

    private static <T> Field<T> newest(Field<T> fact) {
        return coalesce(excluded(fact), fact);
    }

    private static <N extends Number> Field<N> total(Field<N> sum) {
        return sum.plus(excluded(sum));
    }
}
