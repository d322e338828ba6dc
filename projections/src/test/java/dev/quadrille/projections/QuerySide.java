package dev.quadrille.projections;

import dev.quadrille.domain.Installation;
import dev.quadrille.grpc.GrpcServer;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.postgres.Database;
import dev.quadrille.postgres.EventStoreSchema;
import dev.quadrille.postgres.PostgresParking;
import dev.quadrille.postgres.PostgresSettings;
import dev.quadrille.postgres.TestDatabase;
import dev.quadrille.postgres.intake.Projection;
import dev.quadrille.projections.audit.AuditQueries;
import dev.quadrille.proto.financing.v1.QueryServiceGrpc;
import dev.quadrille.testkit.InMemoryStore;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** One instance of the query side without a bus: events are handed in, and answers asked for over gRPC. */
final class QuerySide implements AutoCloseable {

    /** How long a call may take; none that is expected to answer comes near it. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final InMemoryStore parkedByDomain = new InMemoryStore();
    final InMemoryStore parkedByProjections = new InMemoryStore();
    final TestDatabase eventStore;
    final Projection projection;
    final QueryServer server;
    final ManagedChannel channel;

    QuerySide(TestDatabase tables) {
        var database = new Database(tables.pool());
        eventStore = tables.beside(EventStoreSchema::migrate);
        server = new QueryServer(
                new GrpcServer.Settings("127.0.0.1", 0),
                database,
                new InMemoryStore(),
                parkedByDomain,
                parkedByProjections,
                new AuditQueries(eventStore.pool(), new PostgresParking(eventStore.pool()), parkedByProjections));
        projection = new Projection(database, Installation.codec(), ProjectionsApplication.VIEWS, server::nudge);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpc().port())
                .usePlaintext()
                .build();
    }

    /** Databases with the read tables, one on each server that there is. */
    static Stream<TestDatabase> databases() {
        return TestDatabase.onEveryServer(QuerySchema::migrate);
    }

    /** Where no server answers, as is found out soon. */
    static PostgresSettings nowhere() {
        return PostgresSettings.of("jdbc:postgresql://127.0.0.1:1/nowhere", "nobody", "", "test")
                .withPoolSize(1)
                .withConnectWithin(Duration.ofMillis(250));
    }

    QueryServiceGrpc.QueryServiceBlockingStub queries() {
        return QueryServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE);
    }

    /** Takes in events, which must all be finished. */
    void project(List<EventEnvelope> batch) {
        var handled = projection.handle(batch);
        if (!handled.held().isEmpty() || !handled.failed().isEmpty()) {
            throw new AssertionError("Not finished: " + handled);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.close();
    }
}
