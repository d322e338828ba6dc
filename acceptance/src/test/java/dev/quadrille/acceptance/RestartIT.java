package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Expected.assertAccepted;
import static dev.quadrille.acceptance.Expected.assertRejected;
import static dev.quadrille.acceptance.Expected.at;
import static dev.quadrille.acceptance.Expected.bid;
import static dev.quadrille.acceptance.Expected.facts;
import static dev.quadrille.acceptance.Expected.investor;
import static dev.quadrille.acceptance.Expected.written;
import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.FinancingEvent.investorStream;
import static dev.quadrille.acceptance.support.FinancingEvent.invoiceStream;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_COMMITTED;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_WON;
import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.NOT_SERVING;
import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.support.Channels;
import dev.quadrille.acceptance.support.FinancingEvent.BidOnInvoicePlaced;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.Standalone;
import dev.quadrille.proto.financing.v1.BidOnInvoiceRequest;
import dev.quadrille.proto.financing.v1.BidOnInvoiceResponse;
import dev.quadrille.proto.financing.v1.BidStatus;
import dev.quadrille.proto.financing.v1.WatchInvestorsRequest;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** P10, P13: killed or stopped at any moment and started again on its data, the system goes on where it was. */
@AgainstOwnSystems
@Order(Integer.MAX_VALUE)
class RestartIT {

    private static final int BIDDERS = 8;
    private static final Duration STOP = Duration.ofSeconds(5);

    private final Standalone system;

    RestartIT(Standalone system) {
        this.system = system;
    }

    @Test
    void P13_killed_in_the_middle_of_sagas_it_ends_each_of_them_once() throws Exception {
        List<Bidder> bidders;
        List<UUID> approvals;
        try (var scenario = new Scenario(system.addresses())) {
            bidders = bidders(scenario);
            bidders.parallelStream().forEach(bidder -> bidder.bids(scenario));
            system.kill();
        }

        system.startAgain();
        try (var scenario = new Scenario(system.addresses())) {
            bidders.forEach(bidder -> bidder.hasWon(scenario));
            approvals = bidders.parallelStream()
                    .map(bidder -> scenario.approve(bidder.invoice))
                    .toList();
            system.kill();
        }

        system.startAgain();
        try (var scenario = new Scenario(system.addresses())) {
            for (var i = 0; i < BIDDERS; i++) {
                bidders.get(i).hasPaid(scenario, approvals.get(i));
            }
        }
    }

    @Test
    void P10_asked_to_stop_it_says_so_ends_in_time_and_loses_nothing() throws Exception {
        List<Bidder> bidders;
        Duration took;
        var listener = Channels.open(system.addresses().listener());
        var query = Channels.open(system.addresses().query());
        try (var scenario = new Scenario(system.addresses())) {
            bidders = bidders(scenario);
            var health = Stream.of(listener, query)
                    .map(server -> HealthGrpc.newBlockingStub(server).watch(HealthCheckRequest.getDefaultInstance()))
                    .toList();
            assertThat(health)
                    .allSatisfy(watch -> assertThat(watch.next().getStatus()).isEqualTo(SERVING));
            var watch = scenario.queries().watchInvestors(WatchInvestorsRequest.getDefaultInstance());
            assertThat(watch.next().hasInvestor()).isTrue();
            bidders.parallelStream().forEach(bidder -> bidder.bids(scenario));

            took = system.stop();

            assertThat(health)
                    .allSatisfy(
                            serving -> assertThat(serving.next().getStatus()).isEqualTo(NOT_SERVING));
        } finally {
            listener.shutdownNow();
            query.shutdownNow();
        }

        system.startAgain();
        assertThat(took).isLessThan(STOP);
        try (var scenario = new Scenario(system.addresses())) {
            bidders.forEach(bidder -> bidder.hasWon(scenario));
        }
    }

    private static List<Bidder> bidders(Scenario scenario) {
        return Stream.generate(() -> new Bidder(scenario.registerInvestor(eur(100)), scenario.invoiceFor(eur(10))))
                .limit(BIDDERS)
                .toList();
    }

    /** An investor with 100 who bids 20 on an invoice of 10, and what has to come of it. */
    private static final class Bidder {

        private final UUID investor;
        private final UUID invoice;
        private final BidOnInvoiceRequest request;
        private BidOnInvoiceResponse accepted = BidOnInvoiceResponse.getDefaultInstance();

        Bidder(UUID investor, UUID invoice) {
            this.investor = investor;
            this.invoice = invoice;
            this.request = BidOnInvoiceRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setInvestorId(investor.toString())
                    .setInvoiceId(invoice.toString())
                    .setAmount(eur(20).money())
                    .build();
        }

        void bids(Scenario scenario) {
            accepted = scenario.commands().bidOnInvoice(request);
        }

        void hasWon(Scenario scenario) {
            assertThat(scenario.commands().bidOnInvoice(request)).isEqualTo(accepted);
            var other = request.toBuilder().setAmount(eur(21).money()).build();
            var reuse = UUID.fromString(scenario.commands().bidOnInvoice(other).getCommandId());
            assertRejected(scenario.outcomeOf(reuse), reuse, "REQUEST_ID_REUSED");
            var command = UUID.fromString(accepted.getCommandId());
            assertAccepted(scenario.outcomeOf(command), command, written(investorStream(investor), 3));
            eventually(() -> {
                assertThat(scenario.investor(investor)).isEqualTo(investor(investor, eur(90), eur(10), eur(0)));
                shows(scenario, BID_STATUS_WON);
            });
        }

        void hasPaid(Scenario scenario, UUID approval) {
            assertAccepted(scenario.outcomeOf(approval), approval, written(invoiceStream(invoice), 3));
            eventually(() -> {
                assertThat(scenario.investor(investor)).isEqualTo(investor(investor, eur(90), eur(0), eur(10)));
                shows(scenario, BID_STATUS_COMMITTED);
            });
            var nowhere = UUID.randomUUID();
            var next = scenario.bid(investor, nowhere, eur(1));
            assertThat(facts(scenario.events().setOffBy(next.command(), 1)))
                    .startsWith(at(6, new BidOnInvoicePlaced(investor, nowhere, next.bid(), eur(1))));
        }

        private void shows(Scenario scenario, BidStatus status) {
            var id = UUID.fromString(accepted.getBidId());
            assertThat(scenario.bid(id)).isEqualTo(bid(id, investor, invoice, eur(20), status, ""));
        }
    }
}
