package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Client.ASKING_PRICE;
import static dev.quadrille.acceptance.Expected.investor;
import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static dev.quadrille.proto.command.v1.OutcomeStatus.OUTCOME_STATUS_ACCEPTED;
import static dev.quadrille.proto.command.v1.OutcomeStatus.OUTCOME_STATUS_REJECTED;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_COMMITTED;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_PLACED;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_REJECTED;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_WON;
import static dev.quadrille.proto.financing.v1.InvoiceStatus.INVOICE_STATUS_FINANCED;
import static io.grpc.Status.Code.OK;
import static io.grpc.Status.Code.UNAVAILABLE;
import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.NOT_SERVING;
import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING;
import static java.util.Collections.frequency;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.Traffic.Call;
import dev.quadrille.acceptance.support.Channels;
import dev.quadrille.acceptance.support.CloudEvent;
import dev.quadrille.acceptance.support.FinancingEvent;
import dev.quadrille.acceptance.support.FinancingEvent.BidOnInvoicePlaced;
import dev.quadrille.acceptance.support.FinancingEvent.BidOnInvoiceRejected;
import dev.quadrille.acceptance.support.FinancingEvent.InvoiceApproved;
import dev.quadrille.acceptance.support.FinancingEvent.InvoiceFinanced;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.Witness;
import dev.quadrille.proto.command.v1.Outcome;
import dev.quadrille.proto.command.v1.StreamVersion;
import dev.quadrille.proto.financing.v1.Bid;
import dev.quadrille.proto.financing.v1.BidStatus;
import dev.quadrille.proto.financing.v1.ListBidsRequest;
import dev.quadrille.proto.financing.v1.ListBidsResponse;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * P10 while clients go on: a server is stopped for a while and started again. They are told in time, nothing that was
 * accepted is lost, nothing is parked for it, and everything goes on by itself.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("systems")
@DisplayNameGeneration(ReplaceUnderscores.class)
@Order(Integer.MAX_VALUE)
class ServersAwayIT {

    private static final Duration OUTAGE = Duration.parse(System.getProperty("quadrille.outage", "PT30S"));
    private static final Duration BEFORE = Duration.ofSeconds(2);
    private static final int CLIENTS = 4;
    private static final int FUNDS = 1_000_000;

    private final OwnServers servers;

    ServersAwayIT(OwnServers servers) {
        this.servers = servers;
    }

    static Stream<OwnServers> systems() {
        var rabbitMq = RabbitNode.program();
        if (rabbitMq.isEmpty()) {
            System.out.println("Servers away: on the embedded broker only (no rabbitmq-server on this machine)");
        }
        return Stream.concat(
                        Stream.<Callable<OwnServers>>of(OwnServers::withEmbeddedBroker),
                        rabbitMq.stream().map(program -> () -> OwnServers.withRabbitMq(program)))
                .map(ServersAwayIT::started);
    }

    private static OwnServers started(Callable<OwnServers> start) {
        try {
            return start.call();
        } catch (Exception e) {
            throw new IllegalStateException("The servers do not start", e);
        }
    }

    @Test
    void P1_with_the_broker_away_commands_are_unavailable_and_queries_answered() throws Exception {
        var answers = outage(servers.broker(), "domain: down\nlistener: down\nprojections: up\nrelayer: down\n");

        assertOnly(Set.of(UNAVAILABLE), answers.commands());
        assertOnly(Set.of(OK), answers.queries());
    }

    @Test
    void P10_with_the_database_away_commands_are_accepted_and_queries_unavailable() throws Exception {
        var answers = outage(servers.database(), "domain: down\nlistener: up\nprojections: down\nrelayer: down\n");

        assertOnly(Set.of(OK), answers.commands());
        assertOnly(Set.of(UNAVAILABLE), answers.queries());
    }

    /** The calls that were made and answered while a server was away. */
    private record Answers(List<Call> commands, List<Call> queries) {}

    /** Takes the server away for a while, and checks what holds whichever it was. */
    private Answers outage(Server server, String health) throws Exception {
        var addresses = servers.system().addresses();
        List<Client> clients;
        String kept;
        try (var scenario = new Scenario(addresses)) {
            kept = scenario.bus().keep();
            clients = clients(scenario);
        }

        Answers answers;
        try (var traffic = new Traffic(addresses, clients)) {
            traffic.goOnFor(BEFORE);
            server.stop();
            var away = System.nanoTime();
            assertHealth(health);
            traffic.goOnFor(OUTAGE.minusNanos(System.nanoTime() - away));
            var back = System.nanoTime();
            server.start();

            assertGoesOn();
            assertHealth("domain: up\nlistener: up\nprojections: up\nrelayer: up\n");
            traffic.stop();
            assertOnly(Set.of(OK, UNAVAILABLE), traffic.commands());
            assertOnly(Set.of(OK, UNAVAILABLE), traffic.queries());
            answers = new Answers(between(traffic.commands(), away, back), between(traffic.queries(), away, back));
        }

        try (var scenario = new Scenario(addresses);
                var witness = scenario.bus().witness(kept)) {
            clients.forEach(client -> client.askAgain(scenario.commands()));
            assertNothingIsLost(clients, scenario, witness);
            assertThat(servers.parked()).isEmpty();
            assertStory(scenario);
        }
        return answers;
    }

    private static void assertOnly(Set<Status.Code> allowed, List<Call> calls) {
        assertThat(calls)
                .isNotEmpty()
                .filteredOn(call -> !allowed.contains(call.code()))
                .isEmpty();
    }

    private static List<Client> clients(Scenario scenario) {
        var issuer = scenario.registerIssuer();
        return Stream.generate(() -> new Client(
                        scenario.registerInvestor(eur(FUNDS)), issuer, scenario.invoiceFor(eur(ASKING_PRICE))))
                .limit(CLIENTS)
                .toList();
    }

    private static List<Call> between(Collection<Call> calls, long from, long to) {
        return calls.stream()
                .filter(call -> call.begun() - from > 0 && to - call.ended() > 0)
                .toList();
    }

    private void assertHealth(String services) {
        eventually(() -> assertThat(servers.system().health()).isEqualTo(services));
        eventually(() -> {
            assertServing(servers.system().addresses().listener(), services.contains("listener: up"));
            assertServing(servers.system().addresses().query(), services.contains("projections: up"));
        });
    }

    private static void assertServing(String address, boolean serving) {
        var channel = Channels.open(address);
        try {
            var health = HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
            assertThat(health.getStatus()).isEqualTo(serving ? SERVING : NOT_SERVING);
        } finally {
            channel.shutdownNow();
        }
    }

    /** By itself, and soon. */
    private void assertGoesOn() throws Exception {
        var returned = System.nanoTime();
        try (var scenario = new Scenario(servers.system().addresses())) {
            eventually(() -> scenario.outcomeOf(
                    scenario.sell(UUID.randomUUID(), eur(ASKING_PRICE)).command()));
        }
        System.out.printf(
                Locale.ROOT,
                "%s: the first command ended after %.1f s%n",
                servers,
                (System.nanoTime() - returned) / 1e9);
    }

    private static void assertNothingIsLost(List<Client> clients, Scenario scenario, Witness witness) {
        var outcomes = clients.parallelStream()
                .flatMap(client -> client.accepted().stream())
                .map(scenario::outcomeOf)
                .toList();
        assertThat(outcomes)
                .extracting(Outcome::getStatus)
                .containsOnly(OUTCOME_STATUS_ACCEPTED, OUTCOME_STATUS_REJECTED);
        var written = outcomes.stream()
                .flatMap(outcome -> outcome.getWrittenList().stream())
                .toList();
        eventually(() -> {
            var events = witness.all();
            var versions = versions(events);
            assertThat(written).filteredOn(it -> !heard(versions, it)).isEmpty();
            assertThat(versions.entrySet())
                    .filteredOn(stream -> !isInOrder(stream.getValue()))
                    .isEmpty();
            var bids = bids(events);
            clients.forEach(
                    client -> assertMoney(scenario, client.investor(), bids.getOrDefault(client.investor(), Map.of())));
        });
    }

    /** In each stream, in the order in which they were heard. */
    private static Map<String, List<Long>> versions(List<CloudEvent> events) {
        return events.stream()
                .collect(groupingBy(event -> event.event().subject(), mapping(CloudEvent::version, toList())));
    }

    private static boolean heard(Map<String, List<Long>> versions, StreamVersion written) {
        return versions.getOrDefault(written.getStream(), List.of()).contains(written.getVersion());
    }

    private static boolean isInOrder(List<Long> versions) {
        var first = versions.getFirst();
        return versions.equals(
                LongStream.range(first, first + versions.size()).boxed().toList());
    }

    /** The bids of each investor, and what the bus says has become of each. */
    private static Map<UUID, Map<UUID, BidStatus>> bids(List<CloudEvent> events) {
        var bids = new HashMap<UUID, Map<UUID, BidStatus>>();
        events.forEach(event -> {
            switch (event.event()) {
                case BidOnInvoicePlaced(var investor, var _, var bid, var _) ->
                    tell(bids, investor, bid, BID_STATUS_PLACED);
                case BidOnInvoiceRejected(var _, var bid, var _) -> tell(bids, bid, BID_STATUS_REJECTED);
                case InvoiceFinanced(var _, var _, var bid) -> tell(bids, bid, BID_STATUS_WON);
                case InvoiceApproved(var _, var _, var bid) -> tell(bids, bid, BID_STATUS_COMMITTED);
                default -> {}
            }
        });
        return bids;
    }

    private static void tell(Map<UUID, Map<UUID, BidStatus>> bids, FinancingEvent.Bid bid, BidStatus status) {
        tell(bids, bid.investorId(), bid.bidId(), status);
    }

    private static void tell(Map<UUID, Map<UUID, BidStatus>> bids, UUID investor, UUID bid, BidStatus status) {
        bids.computeIfAbsent(investor, _ -> new HashMap<>()).put(bid, status);
    }

    /** Every bid has been answered, and the money is where the bids say. */
    private static void assertMoney(Scenario scenario, UUID investor, Map<UUID, BidStatus> bids) {
        assertThat(shown(scenario, investor)).isEqualTo(bids).doesNotContainValue(BID_STATUS_PLACED);
        var reserved = ASKING_PRICE * frequency(bids.values(), BID_STATUS_WON);
        var committed = ASKING_PRICE * frequency(bids.values(), BID_STATUS_COMMITTED);
        assertThat(scenario.investor(investor))
                .isEqualTo(investor(investor, eur(FUNDS - reserved - committed), eur(reserved), eur(committed)));
    }

    private static Map<UUID, BidStatus> shown(Scenario scenario, UUID investor) {
        var bids = new ArrayList<Bid>();
        var request =
                ListBidsRequest.newBuilder().setInvestorId(investor.toString()).setPageSize(1_000);
        ListBidsResponse page;
        do {
            page = scenario.queries().listBids(request.build());
            bids.addAll(page.getBidsList());
            request.setPageToken(page.getNextPageToken());
        } while (!page.getNextPageToken().isEmpty());
        return bids.stream().collect(toMap(bid -> UUID.fromString(bid.getBidId()), Bid::getStatus));
    }

    private static void assertStory(Scenario scenario) {
        var investor = scenario.registerInvestor(eur(100));
        var invoice = scenario.invoiceFor(eur(10));
        scenario.bid(investor, invoice, eur(20));
        eventually(() -> assertThat(scenario.invoice(invoice).getStatus()).isEqualTo(INVOICE_STATUS_FINANCED));
        scenario.approve(invoice);
        eventually(
                () -> assertThat(scenario.investor(investor)).isEqualTo(investor(investor, eur(90), eur(0), eur(10))));
    }
}
