package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.FinancingEvent.investorStream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.support.CloudEvent;
import dev.quadrille.acceptance.support.FinancingEvent.CommandRejected;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.SystemUnderTest;
import dev.quadrille.acceptance.support.Traceparent;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Where an event comes from stands on it: the request that began it all, the command that it answers, the trace. */
@AgainstEverySystem
class LineageIT {

    @AutoClose
    private final Scenario scenario;

    LineageIT(SystemUnderTest system) throws Exception {
        scenario = new Scenario(system.addresses());
    }

    @Test
    void everything_that_a_request_sets_off_is_in_its_trace() {
        var offer = scenario.bid(scenario.registerInvestor(eur(100)), scenario.invoiceFor(eur(10)), eur(20));

        assertThat(scenario.events().setOffBy(offer.command(), 3))
                .hasSize(3)
                .extracting(event -> Traceparent.traceId(event.traceparent()))
                .containsOnly(scenario.traceId());
    }

    @Test
    void an_event_is_caused_by_the_command_that_was_decided() {
        var offer = scenario.bid(scenario.registerInvestor(eur(100)), scenario.invoiceFor(eur(10)), eur(20));

        assertThat(scenario.events().setOffBy(offer.command(), 3))
                .extracting(CloudEvent::causationId)
                .hasSize(3)
                .doesNotHaveDuplicates()
                .startsWith(offer.command());
    }

    @Test
    void a_rejection_is_caused_by_the_command_that_was_rejected() {
        var offer = scenario.bid(scenario.registerInvestor(eur(100)), UUID.randomUUID(), eur(20));

        assertThat(scenario.events().setOffBy(offer.command(), 3))
                .hasSize(3)
                .element(1)
                .satisfies(event -> assertThat(((CommandRejected) event.event()).commandId())
                        .isEqualTo(event.causationId())
                        .isNotEqualTo(offer.command()));
    }

    @Test
    void events_of_one_command_have_one_cause() {
        var investor = scenario.registerInvestor(eur(100));

        var events = scenario.events().in(investorStream(investor), 2);
        assertThat(events).hasSize(2);
        assertThat(events.getFirst().causationId()).isEqualTo(events.getLast().causationId());
        assertThat(events.getFirst().correlationId()).isEqualTo(events.getLast().correlationId());
        assertThat(events).extracting(CloudEvent::id).doesNotHaveDuplicates();
    }
}
