package dev.quadrille.postgres;

/** The tables of the event store, which all contexts of an installation share. */
public final class EventStoreSchema {

    private EventStoreSchema() {}

    /**
     * Makes the event store's database and tables, or brings them up to date. Called by every service that uses them as
     * it starts; several may at once.
     *
     * @throws dev.quadrille.kernel.Unavailable if the server is away
     */
    public static void migrate(PostgresSettings settings) {
        Postgres.migrate(settings, "classpath:db/eventstore", PostgresParking.MIGRATIONS);
    }
}
