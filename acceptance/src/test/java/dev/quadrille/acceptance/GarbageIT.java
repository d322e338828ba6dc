package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Expected.bid;
import static dev.quadrille.acceptance.Expected.investor;
import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.CloudEvent.PARTITIONS;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static dev.quadrille.acceptance.support.Scenario.ISSUER;
import static dev.quadrille.proto.financing.v1.BidStatus.BID_STATUS_COMMITTED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.quadrille.acceptance.support.Paperwork;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.SystemUnderTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** P6: what nobody can read stops nobody. */
@AgainstEverySystem
class GarbageIT {

    private static final List<byte[]> GARBAGE =
            List.of(new byte[0], "{".getBytes(UTF_8), new byte[] {(byte) 0xff, 0}, "null".getBytes(UTF_8));
    /** For something to pass through every partition, all but surely. */
    private static final int ENOUGH = 6 * PARTITIONS;

    private static final byte[] TWENTY_MEGABYTES = ("{\"name\":\"" + "x".repeat(20 << 20) + "\"}").getBytes(UTF_8);

    @AutoClose
    private final Scenario scenario;

    @AutoClose
    private final Paperwork paper;

    GarbageIT(SystemUnderTest system) throws Exception {
        scenario = new Scenario(system.addresses());
        paper = new Paperwork(system.addresses());
    }

    @Test
    void P6_garbage_on_every_queue_and_exchange_stops_no_business() throws Exception {
        for (var queue : queues().toList()) {
            scenario.bus().offer("", queue, new BasicProperties(), GARBAGE.getFirst());
            for (var body : GARBAGE) {
                scenario.bus().offer("", queue, json(), body);
            }
        }
        for (var partition : partitions().toList()) {
            scenario.bus().offer("commands", "financing." + partition, json(), GARBAGE.getFirst());
            scenario.bus().offer("events", "financing.nonsense.Happened." + partition, json(), GARBAGE.getFirst());
        }
        scenario.bus().offer("integration-events", "registering.Nonsense", json(), GARBAGE.getFirst());
        scenario.bus().offer("commands", "financing.0", json(), TWENTY_MEGABYTES);
        scenario.bus().offer("events", "financing.nonsense.Happened.0", json(), TWENTY_MEGABYTES);
        scenario.bus().offer("integration-events", "registering.Nonsense", json(), TWENTY_MEGABYTES);

        var issuers = Stream.generate(UUID::randomUUID).limit(ENOUGH).toList();
        issuers.forEach(issuer -> scenario.bus().issuerRegistered(issuer, ISSUER));
        var investor = scenario.registerInvestor(eur(100));
        var invoice = scenario.invoiceFor(eur(10));
        var offer = scenario.bid(investor, invoice, eur(20));
        assertThat(scenario.events().setOffBy(offer.command(), 3)).hasSize(3);
        scenario.approve(invoice);
        var customers = Stream.generate(UUID::randomUUID).limit(ENOUGH).toList();
        customers.forEach(customer -> paper.issue(customer, eur(10)));

        eventually(() -> {
            assertThat(issuers)
                    .allSatisfy(issuer ->
                            assertThat(scenario.issuer(issuer).getIssuerId()).isEqualTo(issuer.toString()));
            assertThat(scenario.investor(investor)).isEqualTo(investor(investor, eur(90), eur(0), eur(10)));
            assertThat(scenario.bid(offer.bid()))
                    .isEqualTo(bid(offer.bid(), investor, invoice, eur(20), BID_STATUS_COMMITTED, ""));
            assertThat(customers)
                    .allSatisfy(
                            customer -> assertThat(paper.reportsOf(customer)).hasSize(1));
        });
    }

    /** All that the services have declared. */
    private static Stream<String> queues() {
        return Stream.concat(
                Stream.of("integration.financing", "interventions.domain", "interventions.projections"),
                Stream.of(
                                "commands.financing.",
                                "commands.billing.",
                                "commands.reports.",
                                "commands.parking.",
                                "policies.financing.",
                                "policies.reports.",
                                "projections.")
                        .flatMap(name -> partitions().map(partition -> name + partition)));
    }

    private static Stream<Integer> partitions() {
        return IntStream.range(0, PARTITIONS).boxed();
    }

    private static BasicProperties json() {
        return new BasicProperties.Builder()
                .contentType("application/json")
                .messageId(UUID.randomUUID().toString())
                .deliveryMode(2)
                .headers(Map.of())
                .build();
    }
}
