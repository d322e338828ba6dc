package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Expected.investor;
import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static dev.quadrille.proto.financing.v1.InvoiceStatus.INVOICE_STATUS_FINANCED;
import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.NOT_SERVING;
import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.Traffic.Call;
import dev.quadrille.acceptance.support.Channels;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.Standalone;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** A while in which a server is away under load, and what holds whichever it is. */
final class Outage {

    private static final Duration LENGTH = Duration.parse(System.getProperty("quadrille.outage", "PT30S"));

    /** Thread and logger of an entry in the log; a stack trace has none. */
    private static final Pattern WHO = Pattern.compile("--- (\\[.+] \\S+) +: ");

    /** A thread may find each of a pool's 16 connections broken; one that tells of every try does so every second. */
    private static final long ENTRIES = 20;

    private final Standalone system;
    private final Server server;
    private final UnderLoad load;

    /** @param server of those behind the system, the one to take away */
    Outage(OwnSystem own, Server server) {
        this.system = own.system();
        this.server = server;
        this.load = new UnderLoad(system.addresses(), own.servers(), new Figures());
    }

    /** What was answered while the server was away. */
    record Answers(List<Call> commands, List<Call> queries) {

        void assertOnly(Status.Code toCommands, Status.Code toQueries) {
            UnderLoad.assertOnly(Set.of(toCommands), commands);
            UnderLoad.assertOnly(Set.of(toQueries), queries);
        }
    }

    /** @param health what the system tells of its services meanwhile */
    Answers happens(String health) throws Exception {
        var answers = new CompletableFuture<Answers>();
        load.happens(traffic -> {
            answers.complete(isAway(traffic, health));
            goesOn();
        });
        try (var scenario = new Scenario(system.addresses())) {
            assertStory(scenario);
        }
        return answers.join();
    }

    private Answers isAway(Traffic traffic, String health) throws Exception {
        var logged = system.log().size();
        server.stop();
        var away = System.nanoTime();
        long back;
        try {
            assertHealth(health);
            traffic.goOnFor(LENGTH.minusNanos(System.nanoTime() - away));
            assertNoFlood(system.log().stream().skip(logged).toList());
        } finally {
            back = System.nanoTime();
            server.start();
        }
        return new Answers(between(away, back, traffic.commands()), between(away, back, traffic.queries()));
    }

    /** Each thread tells that it has to wait, and then waits. */
    private static void assertNoFlood(List<String> log) {
        var entries = log.stream()
                .flatMap(line -> WHO.matcher(line).results())
                .collect(groupingBy(entry -> entry.group(1), counting()));
        assertThat(entries)
                .isNotEmpty()
                .allSatisfy((_, count) -> assertThat(count).isLessThan(ENTRIES));
    }

    private static List<Call> between(long from, long to, List<Call> calls) {
        return calls.stream()
                .filter(call -> call.begun() - from > 0 && to - call.ended() > 0)
                .toList();
    }

    /** By itself, and soon. */
    private void goesOn() throws Exception {
        var took = load.recovery();
        System.out.printf(
                Locale.ROOT, "%s: a command ended %.1f s after the server was back%n", system, took.toMillis() / 1e3);
        assertHealth("console: up\ndomain: up\nlistener: up\nprojections: up\nrelayer: up\n");
    }

    private void assertHealth(String services) {
        eventually(() -> {
            assertThat(system.health()).isEqualTo(services);
            assertServing(system.addresses().listener(), services.contains("listener: up"));
            assertServing(system.addresses().query(), services.contains("projections: up"));
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
