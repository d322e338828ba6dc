package dev.quadrille.postgres;

import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Rows that go to the server as one array for each column: the statement's text is the same for any number of them, so
 * that it is planned once, and no number of rows is too many.
 */
public final class Given {

    /** Where a row stands among those given, from 1. */
    public static final Field<Long> NUMBER = DSL.field(DSL.name("given", "number"), SQLDataType.BIGINT);

    private Given() {}

    /** The rows as a table; {@link #value} refers to its columns. */
    public static Table<Record> table(Result<?> rows) {
        var columns = rows.fields();
        var arrays = Stream.of(columns).map(column -> array(rows, column)).toArray(Field<?>[]::new);
        var names = Stream.concat(Stream.of(columns).map(Field::getName), Stream.of(NUMBER.getName()));
        return DSL.table("unnest({0}) with ordinality", DSL.list(arrays)).as("given", names.toArray(String[]::new));
    }

    /** This column of the given rows. */
    public static <T> Field<T> value(Field<T> column) {
        return DSL.field(DSL.name("given", column.getName()), column.getDataType());
    }

    private static <T> Field<T[]> array(Result<?> rows, Field<T> column) {
        return DSL.val(rows.intoArray(column), column.getDataType().array());
    }
}
