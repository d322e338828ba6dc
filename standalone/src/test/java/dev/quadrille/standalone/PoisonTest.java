package dev.quadrille.standalone;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.quadrille.domain.DomainApplication;
import dev.quadrille.domain.Installation;
import dev.quadrille.financing.investor.InvestorEvent.BidOnInvoicePlaced;
import dev.quadrille.financing.investor.InvestorId;
import dev.quadrille.financing.invoice.BidId;
import dev.quadrille.financing.invoice.InvoiceId;
import dev.quadrille.financing.registering.Registered.InvestorRegistered;
import dev.quadrille.grpc.GrpcServer;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.listener.ListenerApplication;
import dev.quadrille.postgres.Database;
import dev.quadrille.projections.ProjectionsApplication;
import dev.quadrille.proto.parking.v1.DiscardRequest;
import dev.quadrille.proto.parking.v1.ListParkedRequest;
import dev.quadrille.proto.parking.v1.ParkedMessage;
import dev.quadrille.proto.parking.v1.ReplayRequest;
import dev.quadrille.rabbitmq.BrokerSettings;
import dev.quadrille.rabbitmq.ConfirmedPublisher;
import dev.quadrille.rabbitmq.EventMessages;
import dev.quadrille.rabbitmq.IntegrationEvent;
import dev.quadrille.rabbitmq.IntegrationMessages;
import dev.quadrille.rabbitmq.Outgoing;
import dev.quadrille.rabbitmq.QueueType;
import dev.quadrille.rabbitmq.Topology;
import dev.quadrille.relayer.RelayerApplication;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * P6: of 1,000 streams one is poisoned, for each kind of consumer. The others go on as if nothing was; what stands behind the
 * poison waits, and is handled in order once it is cured. How long the others take, beside as many without poison, is printed.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PoisonTest {

    private static final int STREAMS = 1_000;
    private static final Money FUNDS = Money.of(CurrencyUnit.EUR, 100);

    private final Topology topology = Topology.over(new Partitions(4), QueueType.CLASSIC);
    private final Services services = new Services(topology.partitions().count());
    private Database eventStore;
    private Database tables;
    private RunningSystem system;
    private ParkingCalls parking;
    private ConfirmedPublisher publisher;

    @BeforeEach
    void start() {
        eventStore = new Database(services.run(DomainApplication.service()).getBean(HikariDataSource.class));
        services.run(RelayerApplication.service());
        var projections = services.run(ProjectionsApplication.service());
        tables = new Database(projections.getBean("tables", HikariDataSource.class));
        var listener = services.run(ListenerApplication.service());
        system = RunningSystem.on(
                listener.getBean(GrpcServer.class).port(),
                projections.getBean(GrpcServer.class).port());
        parking = new ParkingCalls(system);
        publisher = new ConfirmedPublisher(BrokerSettings.of(services.amqpUrl(), "test"), topology);
    }

    @AfterEach
    void close() {
        publisher.close();
        system.close();
        services.close();
    }

    @Test
    void P6_a_poisoned_stream_harms_nobody_else_and_is_cured_in_order() {
        register(investors());
        var usual = register(investors());

        var ofDomain = investors();
        poison(eventStore, "event", "stream = 'financing.investor/" + ofDomain.get(7) + "'");
        tell("command handler", usual, register(ofDomain, ofDomain.get(7)));
        awaitParked(1);
        announce(List.of(ofDomain.get(7)));
        var parked = awaitParked(2);
        assertThat(parked.getFirst().getReason()).contains("poisoned");
        assertThat(parked).extracting(ParkedMessage::getAttempts).containsExactly(3, 0);
        assertThat(parked).extracting(ParkedMessage::getStream).containsOnly("financing.investor/" + ofDomain.get(7));
        cure(eventStore, "event");
        parking.replay(ReplayRequest.newBuilder()
                .setStream(parked.getFirst().getStream())
                .build());
        Services.await(() -> shown(ofDomain) == STREAMS);
        awaitParked(0);

        var ofProjection = investors();
        poison(tables, "investor", "investor_id = '" + ofProjection.get(7) + "'");
        tell("projection", usual, register(ofProjection, ofProjection.get(7)));
        var fingerprint = awaitParked(2).getFirst().getFingerprint();
        cure(tables, "investor");
        parking.replay(ReplayRequest.newBuilder().setFingerprint(fingerprint).build());
        Services.await(() -> shown(ofProjection) == STREAMS);
        awaitParked(0);
    }

    @Test
    void P6_an_event_that_no_policy_can_read_harms_no_other_stream_and_can_be_discarded() {
        bid(investors(), List.of());
        var usual = bid(investors(), List.of());
        var investors = investors();
        var poisoned = investors.get(7);
        var unreadable = new Message("financing.BidOnInvoicePlaced.v1", "{");

        tell("policy", usual, bid(investors, List.of(event(poisoned, 1, unreadable))));
        publisher.publishAll(List.of(event(poisoned, 2, bidOf(poisoned))));
        var parked = awaitParked(4);
        assertThat(parked).extracting(ParkedMessage::getStream).containsOnly("financing.investor/" + poisoned);
        var before = answered();
        for (var message : parked) {
            if (message.getAttempts() > 0) {
                parking.discard(DiscardRequest.newBuilder()
                        .setParkedId(message.getParkedId())
                        .setReason("Nobody will ever read it")
                        .build());
            }
        }

        Services.await(() -> answered() - before == 1);
        awaitParked(0);
        assertThat(number(tables, "select version from source where stream = 'financing.investor/" + poisoned + "'"))
                .isEqualTo(2);
    }

    private static List<UUID> investors() {
        return Stream.generate(UUID::randomUUID).limit(STREAMS).toList();
    }

    /** How long it takes until all are shown but those who are poisoned. */
    private Duration register(List<UUID> investors, UUID... poisoned) {
        var begun = System.nanoTime();
        announce(investors);
        Services.await(() -> shown(investors) == STREAMS - poisoned.length);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void announce(List<UUID> investors) {
        publisher.publishAll(investors.stream()
                .map(investor -> new IntegrationMessages()
                        .write(new IntegrationEvent(
                                UUID.randomUUID().toString(),
                                "registering.InvestorRegistered",
                                Installation.codec()
                                        .encode(new InvestorRegistered(new InvestorId(investor), "Ivo", FUNDS))
                                        .body())))
                .toList());
    }

    private long shown(List<UUID> investors) {
        return number(
                tables, "select count(*) from investor where balance = 100 and investor_id in " + among(investors));
    }

    /** Publishes a bid of each, but of those for whom there is something else; how long it takes until all are answered. */
    private Duration bid(List<UUID> investors, List<Outgoing> instead) {
        var begun = System.nanoTime();
        var bids = new ArrayList<>(investors.stream()
                .map(investor -> event(investor, 1, bidOf(investor)))
                .toList());
        IntStream.range(0, instead.size()).forEach(i -> bids.set(7 + i, instead.get(i)));
        var before = answered();
        publisher.publishAll(bids);
        Services.await(() -> answered() - before == STREAMS - instead.size());
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** How many bids, of which the invoices do not exist. */
    private long answered() {
        return number(eventStore, "select count(*) from outcome where reason = 'INVOICE_NOT_FOUND'");
    }

    private static Message bidOf(UUID id) {
        return Installation.codec()
                .encode(new BidOnInvoicePlaced(new InvestorId(id), new InvoiceId(id), new BidId(id), FUNDS));
    }

    private Outgoing event(UUID investor, long version, Message message) {
        var id = UUID.randomUUID();
        return new EventMessages(topology.partitions())
                .write(new EventEnvelope(
                        id,
                        new InvestorId(investor).stream(),
                        version,
                        Instant.parse("2026-06-01T12:00:00Z"),
                        Lineage.begunBy(id),
                        message));
    }

    private static String among(List<UUID> ids) {
        return ids.stream()
                .map(id -> "'" + id + "'")
                .collect(toSet())
                .toString()
                .replace('[', '(')
                .replace(']', ')');
    }

    private static long number(Database database, String query) {
        return database.run(jooq -> jooq.fetchSingle(query).get(0, Long.class));
    }

    /** A fault of our own, as far as the services can tell: no server is away. */
    private static void poison(Database database, String table, String row) {
        database.run(jooq -> jooq.execute("""
                create function poison() returns trigger language plpgsql as $$
                begin
                    if new.%s then
                        raise exception 'poisoned';
                    end if;
                    return new;
                end
                $$;
                create trigger poison before insert or update on %s for each row execute function poison()
                """.formatted(row, table)));
    }

    private static void cure(Database database, String table) {
        database.run(jooq -> jooq.execute("drop trigger poison on " + table + "; drop function poison()"));
    }

    private List<ParkedMessage> awaitParked(int count) {
        Services.await(
                () -> parking.list(ListParkedRequest.getDefaultInstance()).size() == count);
        return parking.list(ListParkedRequest.getDefaultInstance());
    }

    private static void tell(String consumer, Duration usual, Duration poisoned) {
        System.out.printf(
                Locale.ROOT,
                "One of %,d streams poisoned for a %s: the others took %.2f s, as many without poison %.2f s%n",
                STREAMS,
                consumer,
                poisoned.toMillis() / 1e3,
                usual.toMillis() / 1e3);
    }
}
