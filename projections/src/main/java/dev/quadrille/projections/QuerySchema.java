package dev.quadrille.projections;

import dev.quadrille.postgres.Postgres;
import dev.quadrille.postgres.PostgresParking;
import dev.quadrille.postgres.PostgresSettings;

/** The read tables' database. */
final class QuerySchema {

    private QuerySchema() {}

    /**
     * Makes the database and its tables, or brings them up to date. Several services may at once.
     *
     * @throws dev.quadrille.kernel.Unavailable if the server is away
     */
    static void migrate(PostgresSettings settings) {
        Postgres.migrate(settings, "classpath:db/queries", PostgresParking.MIGRATIONS);
    }
}
