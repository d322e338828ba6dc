package dev.quadrille.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.testkit.DeadlinesContract;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.quadrille.postgres.TestDatabase#withEventStore")
@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresDeadlinesTest extends DeadlinesContract {

    private final TestDatabase database;

    PostgresDeadlinesTest(TestDatabase database) {
        this.database = database;
    }

    @Override
    protected StoreAndDeadlines empty() {
        var pool = database.cleared().pool();
        return new StoreAndDeadlines(new PostgresEventStore(pool), new PostgresDeadlines(pool));
    }

    @Test
    void P8_the_clock_is_the_server_s_and_goes_on() {
        var clock = new PostgresClock(database.pool());

        var first = clock.instant();

        assertThat(clock.instant()).isAfter(first);
    }
}
