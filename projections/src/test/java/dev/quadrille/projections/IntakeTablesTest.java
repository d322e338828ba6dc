package dev.quadrille.projections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.postgres.Database;
import dev.quadrille.postgres.Postgres;
import dev.quadrille.postgres.TestDatabase;
import dev.quadrille.postgres.intake.Projection;
import java.util.List;
import org.jooq.Record;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** This service's own migrations made the tables of the intake before the engine had any for them. */
@ParameterizedClass
@MethodSource("dev.quadrille.projections.QuerySide#databases")
@DisplayNameGeneration(ReplaceUnderscores.class)
class IntakeTablesTest {

    private final TestDatabase tables;

    IntakeTablesTest(TestDatabase tables) {
        this.tables = tables;
    }

    @Test
    void they_are_as_the_engine_makes_them_elsewhere() {
        var elsewhere = tables.beside(settings -> Postgres.migrate(settings, Projection.MIGRATIONS));

        assertThat(columns(tables)).isNotEmpty().isEqualTo(columns(elsewhere));
    }

    private static List<String> columns(TestDatabase database) {
        return new Database(database.pool()).run(jooq -> jooq.fetch("""
                        select attrelid::regclass, attname, format_type(atttypid, atttypmod), attcollation::regcollation,
                               attnotnull, pg_get_expr(adbin, adrelid), pg_get_constraintdef(pg_constraint.oid), reloptions
                        from pg_attribute
                        join pg_class on pg_class.oid = attrelid
                        join pg_constraint on conrelid = attrelid and contype = 'p'
                        left join pg_attrdef on adrelid = attrelid and adnum = attnum
                        where attrelid in ('source'::regclass, 'waiting'::regclass) and attnum > 0
                        order by 1, 2""").map(Record::toString));
    }
}
