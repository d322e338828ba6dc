package dev.quadrille.domain;

import static dev.quadrille.financing.Examples.INVESTOR;
import static dev.quadrille.financing.Examples.ISSUER;
import static dev.quadrille.financing.Examples.eur;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quadrille.financing.investor.InvestorCommand.CreateInvestor;
import dev.quadrille.financing.issuer.IssuerCommand.CreateIssuer;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.Handler.Failed;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Unavailable;
import dev.quadrille.kernel.UnreadableMessage;
import dev.quadrille.rabbitmq.IntegrationEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AnnouncementsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final IntegrationEvent ISSUER_REGISTERED = new IntegrationEvent(
            "announcement 1",
            "registering.IssuerRegistered",
            "{\"issuerId\":\"%s\",\"name\":\"Harbor & Sons\"}".formatted(ISSUER.value()));

    private final List<CommandEnvelope> sent = new ArrayList<>();
    private final Announcements announcements =
            new Announcements(Installation.codec(), sent::addAll, InstantSource.fixed(NOW));

    @Test
    void what_is_announced_becomes_commands_that_begin_something_in_the_order_of_hearing() {
        var left = announcements.handle(List.of(ISSUER_REGISTERED, investorRegistered("announcement 2", "100.00")));

        assertThat(left.held()).isEmpty();
        assertThat(left.failed()).isEmpty();
        assertThat(sent)
                .extracting(command -> Installation.codec().decode(command.message()))
                .containsExactly(
                        new CreateIssuer(ISSUER, "Harbor & Sons"), new CreateInvestor(INVESTOR, "Ada", eur(100)));
        assertThat(sent).extracting(CommandEnvelope::stream).containsExactly(ISSUER.stream(), INVESTOR.stream());
        assertThat(sent).allSatisfy(command -> {
            assertThat(command.requestId()).isNull();
            assertThat(command.issuedAt()).isEqualTo(NOW);
            assertThat(command.lineage()).isEqualTo(Lineage.begunBy(command.id()));
        });
    }

    @Test
    void P2_an_announcement_heard_twice_is_one_command() {
        announcements.handle(List.of(ISSUER_REGISTERED));
        announcements.handle(List.of(ISSUER_REGISTERED, ISSUER_REGISTERED));

        assertThat(sent).hasSize(3).containsOnly(sent.getFirst());
    }

    @Test
    void two_announcements_of_the_same_are_two_commands() {
        announcements.handle(List.of(investorRegistered("one", "100.00"), investorRegistered("other", "100.00")));

        assertThat(sent).extracting(CommandEnvelope::id).doesNotHaveDuplicates().hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "registering.IssuerLiquidated, {}",
        "registering.IssuerRegistered, garbage",
        "registering.IssuerRegistered, {}",
        "financing.ApproveFinancing, '{\"invoiceId\":\"c0000000-0000-4000-8000-000000000001\"}'"
    })
    void P6_what_is_no_announcement_known_here_fails_alone_and_is_not_tried_again(String type, String body) {
        var unknown = new IntegrationEvent("unknown", type, body);

        assertFailsAlone(unknown);
    }

    @Test
    void P6_an_investor_with_less_than_nothing_fails_alone_and_is_not_tried_again() {
        assertFailsAlone(investorRegistered("in debt", "-0.01"));
    }

    @Test
    void P6_while_the_broker_is_away_nothing_is_finished() {
        var cut = new Announcements(
                Installation.codec(),
                _ -> {
                    throw new Unavailable("The broker is away", null);
                },
                InstantSource.fixed(NOW));

        assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> cut.handle(List.of(ISSUER_REGISTERED)));
    }

    private void assertFailsAlone(IntegrationEvent wrong) {
        var left =
                announcements.handle(List.of(ISSUER_REGISTERED, wrong, investorRegistered("announcement 2", "100.00")));

        assertThat(left.held()).isEmpty();
        assertThat(left.failed()).extracting(Failed::message).containsExactly(wrong);
        assertThat(left.failed()).extracting(Failed::reason).hasOnlyElementsOfType(UnreadableMessage.class);
        assertThat(sent).extracting(CommandEnvelope::stream).containsExactly(ISSUER.stream(), INVESTOR.stream());
    }

    private static IntegrationEvent investorRegistered(String id, String balance) {
        return new IntegrationEvent(
                id,
                "registering.InvestorRegistered",
                "{\"investorId\":\"%s\",\"name\":\"Ada\",\"balance\":{\"currency\":\"EUR\",\"amount\":\"%s\"}}"
                        .formatted(INVESTOR.value(), balance));
    }
}
