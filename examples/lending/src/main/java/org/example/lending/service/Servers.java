package org.example.lending.service;

import dev.quadrille.embedded.EmbeddedBroker;
import dev.quadrille.embedded.EmbeddedDatabase;
import dev.quadrille.postgres.EventStoreSchema;
import dev.quadrille.postgres.Postgres;
import dev.quadrille.postgres.PostgresParking;
import dev.quadrille.postgres.PostgresSettings;
import dev.quadrille.postgres.intake.Projection;
import dev.quadrille.rabbitmq.BrokerSettings;
import dev.quadrille.shell.Shell;
import java.util.ArrayDeque;
import java.util.Deque;

/** PostgreSQL and a broker: those that are given, and embedded ones for those that are not. */
final class Servers implements AutoCloseable {

    private static final String NAME = "lending";

    private final Deque<Runnable> embedded = new ArrayDeque<>();
    private final PostgresSettings eventStore;
    private final BrokerSettings broker;

    /** Starts what is not given, and makes the databases or brings them up to date. */
    Servers(Settings settings) {
        try {
            eventStore = settings.postgresUrl().isEmpty() ? startDatabase(settings) : given(settings);
            broker = BrokerSettings.of(settings.amqpUrl().isEmpty() ? startBroker(settings) : settings.amqpUrl(), NAME);
            Shell.untilAvailable(() -> EventStoreSchema.migrate(eventStore));
            Shell.untilAvailable(() -> Postgres.migrate(
                    readTables(), "classpath:db/lending", Projection.MIGRATIONS, PostgresParking.MIGRATIONS));
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private static PostgresSettings given(Settings settings) {
        return PostgresSettings.of(settings.postgresUrl(), settings.postgresUser(), settings.postgresPassword(), NAME);
    }

    private PostgresSettings startDatabase(Settings settings) {
        var database = EmbeddedDatabase.start(settings.data().resolve("postgres"), settings.embeddedPostgresPort());
        embedded.push(database::close);
        return PostgresSettings.of(database.jdbcUrl(NAME), database.user(), database.password(), NAME);
    }

    private String startBroker(Settings settings) {
        var started = EmbeddedBroker.start(settings.data().resolve("broker"), settings.embeddedAmqpPort());
        embedded.push(started::close);
        return started.amqpUrl();
    }

    PostgresSettings eventStore() {
        return eventStore;
    }

    /** A database of their own, beside the event store: they can be thrown away and made anew. */
    PostgresSettings readTables() {
        return eventStore.withDatabase(eventStore.database() + "_queries");
    }

    BrokerSettings broker() {
        return broker;
    }

    @Override
    public void close() {
        embedded.forEach(Runnable::run);
    }
}
