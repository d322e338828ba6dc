package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Client.ASKING_PRICE;
import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static dev.quadrille.proto.command.v1.OutcomeStatus.OUTCOME_STATUS_ACCEPTED;
import static dev.quadrille.proto.command.v1.OutcomeStatus.OUTCOME_STATUS_REJECTED;
import static io.grpc.Status.Code.OK;
import static io.grpc.Status.Code.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.Traffic.Call;
import dev.quadrille.acceptance.support.Addresses;
import dev.quadrille.acceptance.support.AtOnce;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.Witness;
import dev.quadrille.proto.command.v1.Outcome;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Clients at work while something happens to the system, and what holds afterwards, whatever it was. */
final class UnderLoad {

    private static final Duration BEFORE = Duration.ofSeconds(1);
    private static final int CLIENTS = 4;
    private static final int FUNDS = 1_000_000;

    private final Addresses addresses;
    private final OwnServers servers;
    private final Figures figures;

    /**
     * Has clients at work there.
     *
     * @param servers behind it
     * @param figures where to count what the clients and the bus have seen
     */
    UnderLoad(Addresses addresses, OwnServers servers, Figures figures) {
        this.addresses = addresses;
        this.servers = servers;
        this.figures = figures;
    }

    /** Something that happens, from which the system has recovered when it returns. */
    @FunctionalInterface
    interface Fault {
        void happens(Traffic traffic) throws Exception;
    }

    /**
     * Has this happen under load. Afterwards every accepted command has one outcome and one effect, every event has come
     * on the bus, in order, the laws of the money hold, queries show what the events say, and nothing is parked.
     */
    void happens(Fault fault) throws Exception {
        List<Client> clients;
        String kept;
        try (var scenario = new Scenario(addresses)) {
            kept = scenario.bus().keep();
            clients = clients(scenario);
        }
        try (var traffic = new Traffic(addresses, clients)) {
            traffic.goOnFor(BEFORE);
            fault.happens(traffic);
            traffic.stop();
            assertOnly(Set.of(OK, UNAVAILABLE), traffic.commands());
            assertOnly(Set.of(OK, UNAVAILABLE), traffic.queries());
        }
        try (var scenario = new Scenario(addresses);
                var witness = scenario.bus().witness(kept)) {
            var accepted = AtOnce.each(clients, client -> client.askAgain(scenario.commands()));
            var outcomes = AtOnce.each(accepted.stream().flatMap(List::stream).toList(), scenario::outcomeOf);
            try {
                assertNothingIsLost(outcomes, scenario, witness);
            } finally {
                figures.count(outcomes, witness, scenario);
            }
            assertThat(servers.parked()).isEmpty();
        }
    }

    private static List<Client> clients(Scenario scenario) {
        var issuer = scenario.registerIssuer();
        return Stream.generate(() -> new Client(
                        scenario.registerInvestor(eur(FUNDS)), issuer, scenario.invoiceFor(eur(ASKING_PRICE))))
                .limit(CLIENTS)
                .toList();
    }

    /** Answers how long it takes from now until a command has gone all the way to its outcome. */
    Duration recovery() throws Exception {
        var begun = System.nanoTime();
        try (var scenario = new Scenario(addresses)) {
            eventually(() -> {
                var sale = scenario.sell(UUID.randomUUID(), eur(ASKING_PRICE));
                assertThat(scenario.outcomeOf(sale.command()).getStatus()).isEqualTo(OUTCOME_STATUS_REJECTED);
            });
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    static void assertOnly(Set<Status.Code> allowed, List<Call> calls) {
        assertThat(calls)
                .isNotEmpty()
                .filteredOn(call -> !allowed.contains(call.code()))
                .isEmpty();
    }

    private static void assertNothingIsLost(List<Outcome> outcomes, Scenario scenario, Witness witness) {
        assertThat(outcomes)
                .extracting(Outcome::getStatus)
                .isSubsetOf(OUTCOME_STATUS_ACCEPTED, OUTCOME_STATUS_REJECTED);
        var written = outcomes.stream()
                .flatMap(outcome -> outcome.getWrittenList().stream())
                .toList();
        eventually(() -> {
            var books = Books.of(witness.all());
            assertThat(written)
                    .filteredOn(it -> books.versions().getOrDefault(it.getStream(), 0L) < it.getVersion())
                    .isEmpty();
            books.keepTheLaws();
            books.areShownBy(scenario);
        });
    }
}
