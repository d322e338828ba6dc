package dev.quadrille.projections;

import static dev.quadrille.projections.Story.eur;
import static io.grpc.Status.Code.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.embedded.EmbeddedBroker;
import dev.quadrille.grpc.GrpcServer;
import dev.quadrille.grpc.WireMoney;
import dev.quadrille.kernel.Append;
import dev.quadrille.kernel.Commit;
import dev.quadrille.kernel.ConsistencyToken;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.StreamVersion;
import dev.quadrille.postgres.Database;
import dev.quadrille.postgres.PostgresEventStore;
import dev.quadrille.postgres.TestDatabase;
import dev.quadrille.proto.command.v1.AwaitOutcomeRequest;
import dev.quadrille.proto.command.v1.OutcomeServiceGrpc;
import dev.quadrille.proto.financing.v1.GetInvestorRequest;
import dev.quadrille.proto.financing.v1.QueryServiceGrpc;
import dev.quadrille.proto.financing.v1.WatchInvestorsRequest;
import dev.quadrille.rabbitmq.BrokerSettings;
import dev.quadrille.rabbitmq.ConfirmedPublisher;
import dev.quadrille.rabbitmq.EventMessages;
import dev.quadrille.rabbitmq.QueueType;
import dev.quadrille.rabbitmq.RabbitEventBus;
import dev.quadrille.rabbitmq.Topology;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service between a broker, two databases and a client. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProjectionsApplicationTest {

    private static final EmbeddedBroker BROKER = EmbeddedBroker.temporary();

    // One queue, so that what comes behind a message in it has to pass it.
    private static final Partitions PARTITIONS = new Partitions(1);

    @AutoClose
    private final TestDatabase eventStore =
            TestDatabase.withEventStore().findFirst().orElseThrow();

    @AutoClose
    private final TestDatabase tables = QuerySide.databases().findFirst().orElseThrow();

    @AutoClose
    private final ConfirmedPublisher publisher = new ConfirmedPublisher(
            BrokerSettings.of(BROKER.amqpUrl(), "test"),
            Topology.over(PARTITIONS, QueueType.CLASSIC).projections());

    private final RabbitEventBus bus = new RabbitEventBus(publisher, new EventMessages(PARTITIONS));
    private final Story story = new Story();
    private ConfigurableApplicationContext service;
    private ManagedChannel channel;

    @BeforeEach
    void start() {
        service = ProjectionsApplication.service()
                .run(
                        "--AMQP_URL=" + BROKER.amqpUrl(),
                        "--PARTITIONS=" + PARTITIONS.count(),
                        "--BIND_ADDRESS=127.0.0.1",
                        "--QUERY_PORT=0",
                        "--POSTGRES_URL=" + eventStore.settings().url(),
                        "--POSTGRES_USER=" + eventStore.settings().user(),
                        "--POSTGRES_PASSWORD=" + eventStore.settings().password(),
                        "--QUERIES_POSTGRES_URL=" + tables.settings().url());
        channel = NettyChannelBuilder.forAddress(
                        "127.0.0.1", service.getBean(GrpcServer.class).port())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        service.close();
    }

    @Test
    void P12_the_token_of_an_outcome_shows_what_the_command_wrote() throws Exception {
        var events = story.ofInvestor(story.investorCreated(), story.fundsAdded(30));
        var command = UUID.randomUUID();
        new PostgresEventStore(eventStore.pool())
                .commit(new Commit(
                        List.of(new Append(story.investor.stream(), 0, events)),
                        List.of(new Outcome(
                                command,
                                null,
                                null,
                                null,
                                Story.NOON,
                                new Outcome.Accepted(new StreamVersion(story.investor.stream(), 2), 2)))));
        var token = OutcomeServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(QuerySide.PATIENCE)
                .awaitOutcome(AwaitOutcomeRequest.newBuilder()
                        .setCommandId(command.toString())
                        .build())
                .getOutcome()
                .getConsistencyToken();

        bus.publish(events);

        assertThat(balance(token)).isEqualTo(eur(30));
    }

    @Test
    void P6_an_event_that_can_not_be_read_is_parked_and_stops_no_other_stream() {
        var unknown = Story.envelope(story.invoice.stream(), 1, new Message("financing.InvoicePainted.v1", "{}"));
        var events = story.ofInvestor(story.investorCreated(), story.fundsAdded(30));

        bus.publish(List.of(unknown));
        bus.publish(events);

        assertThat(balance(token(story.investor.stream(), 2))).isEqualTo(eur(30));
        assertThat(parked()).containsExactly(unknown.id().toString());
    }

    @Test
    void P10_it_serves_until_it_stops_and_then_ends_its_watches() {
        awaitHealth(ServingStatus.SERVING);
        bus.publish(story.ofInvestor(story.investorCreated()));
        var watch = queries().watchInvestors(WatchInvestorsRequest.getDefaultInstance());
        watch.next();

        service.close();

        assertThat(Refusal.of(watch::hasNext).code()).isEqualTo(UNAVAILABLE);
    }

    @Test
    void P5_it_goes_on_after_a_restart_where_it_was() {
        var events = story.ofInvestor(story.investorCreated(), story.fundsAdded(10), story.fundsAdded(20));
        bus.publish(events.subList(0, 2));
        assertThat(balance(token(story.investor.stream(), 2))).isEqualTo(eur(10));

        stop();
        bus.publish(events);
        start();

        assertThat(balance(token(story.investor.stream(), 3))).isEqualTo(eur(30));
    }

    private static String token(StreamId stream, long version) {
        return new ConsistencyToken(Set.of(new StreamVersion(stream, version))).toString();
    }

    private Money balance(String token) {
        return WireMoney.fromWire(queries()
                .getInvestor(GetInvestorRequest.newBuilder()
                        .setInvestorId(story.investor.value().toString())
                        .setConsistencyToken(token)
                        .build())
                .getInvestor()
                .getBalance());
    }

    private QueryServiceGrpc.QueryServiceBlockingStub queries() {
        return QueryServiceGrpc.newBlockingStub(channel).withDeadlineAfter(QuerySide.PATIENCE);
    }

    /** The ids of all parked messages, once there are any. */
    private List<String> parked() {
        var end = System.nanoTime() + QuerySide.PATIENCE.toNanos();
        List<String> found;
        do {
            found = new Database(tables.pool())
                    .run(jooq -> jooq.fetch("select message_id from parked").into(String.class));
        } while (found.isEmpty() && System.nanoTime() < end);
        return found;
    }

    private void awaitHealth(ServingStatus expected) {
        try (var watching = Context.current().withCancellation()) {
            watching.run(() -> {
                var health = HealthGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(QuerySide.PATIENCE)
                        .watch(HealthCheckRequest.newBuilder()
                                .setService(QueryServiceGrpc.SERVICE_NAME)
                                .build());
                while (health.next().getStatus() != expected) {
                    // The next answer comes with the next change.
                }
            });
        }
    }
}
