package dev.quadrille.postgres;

import dev.quadrille.kernel.Parking;
import dev.quadrille.testkit.ParkingContract;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.quadrille.postgres.TestDatabase#withEventStore")
@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresParkingTest extends ParkingContract {

    private final TestDatabase database;

    PostgresParkingTest(TestDatabase database) {
        this.database = database;
    }

    @Override
    protected Parking empty() {
        return new PostgresParking(database.cleared().pool());
    }
}
