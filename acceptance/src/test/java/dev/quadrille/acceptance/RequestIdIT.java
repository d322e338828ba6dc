package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Expected.assertAccepted;
import static dev.quadrille.acceptance.Expected.assertRejected;
import static dev.quadrille.acceptance.Expected.at;
import static dev.quadrille.acceptance.Expected.facts;
import static dev.quadrille.acceptance.Expected.written;
import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.FinancingEvent.investorStream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.support.FinancingEvent.BidOnInvoicePlaced;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.SystemUnderTest;
import dev.quadrille.proto.financing.v1.BidOnInvoiceRequest;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** P2: a request with an id may be sent again and again. */
@AgainstEverySystem
class RequestIdIT {

    @AutoClose
    private final Scenario scenario;

    RequestIdIT(SystemUnderTest system) throws Exception {
        scenario = new Scenario(system.addresses());
    }

    @Test
    void P2_the_same_request_has_the_same_ids_and_one_effect() {
        var investor = scenario.registerInvestor(eur(100));
        var invoice = UUID.randomUUID();
        var request = bid(investor, invoice, 20);

        var first = scenario.commands().bidOnInvoice(request);
        assertThat(scenario.commands().bidOnInvoice(request)).isEqualTo(first);
        var command = UUID.fromString(first.getCommandId());
        var outcome = scenario.outcomeOf(command);
        assertAccepted(outcome, command, written(investorStream(investor), 3));
        assertThat(scenario.commands().bidOnInvoice(request)).isEqualTo(first);
        assertThat(scenario.outcomeOf(command)).isEqualTo(outcome);

        takesPlace(5, investor);
    }

    @Test
    void P2_the_same_request_from_many_at_once_has_the_same_ids_and_one_effect() {
        var investor = scenario.registerInvestor(eur(100));
        var request = bid(investor, UUID.randomUUID(), 20);

        var answers = IntStream.range(0, 8)
                .parallel()
                .mapToObj(_ -> scenario.commands().bidOnInvoice(request))
                .distinct()
                .toList();

        assertThat(answers).hasSize(1);
        var command = UUID.fromString(answers.getFirst().getCommandId());
        assertAccepted(scenario.outcomeOf(command), command, written(investorStream(investor), 3));
        takesPlace(5, investor);
    }

    @Test
    void P2_another_body_under_the_same_request_id_is_rejected() {
        var investor = scenario.registerInvestor(eur(100));
        var request = bid(investor, UUID.randomUUID(), 20);
        var first = scenario.commands().bidOnInvoice(request);
        scenario.outcomeOf(UUID.fromString(first.getCommandId()));

        var second = scenario.commands()
                .bidOnInvoice(request.toBuilder().setAmount(eur(21).money()).build());

        assertThat(second.getCommandId()).isNotEqualTo(first.getCommandId());
        assertThat(second.getBidId()).isNotEqualTo(first.getBidId());
        var command = UUID.fromString(second.getCommandId());
        assertRejected(scenario.outcomeOf(command), command, "REQUEST_ID_REUSED");
        takesPlace(5, investor);
    }

    @Test
    void P2_requests_without_an_id_are_each_their_own() {
        var investor = scenario.registerInvestor(eur(100));
        var request = bid(investor, UUID.randomUUID(), 20).toBuilder()
                .clearRequestId()
                .build();

        var first = scenario.commands().bidOnInvoice(request);
        var second = scenario.commands().bidOnInvoice(request);

        assertThat(second.getCommandId()).isNotEqualTo(first.getCommandId());
        assertThat(second.getBidId()).isNotEqualTo(first.getBidId());
    }

    private static BidOnInvoiceRequest bid(UUID investor, UUID invoice, long amount) {
        return BidOnInvoiceRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setInvestorId(investor.toString())
                .setInvoiceId(invoice.toString())
                .setAmount(eur(amount).money())
                .build();
    }

    /** A bid on no invoice took versions 3 and 4: placed and released. So the next bid shows what else happened. */
    private void takesPlace(long version, UUID investor) {
        assertThat(scenario.events().in(investorStream(investor), 4)).hasSize(4);
        var nowhere = UUID.randomUUID();
        var next = scenario.bid(investor, nowhere, eur(1));
        assertThat(facts(scenario.events().setOffBy(next.command(), 1)))
                .startsWith(at(version, new BidOnInvoicePlaced(investor, nowhere, next.bid(), eur(1))));
    }
}
