package dev.quadrille.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.support.Amount;
import dev.quadrille.acceptance.support.CloudEvent;
import dev.quadrille.acceptance.support.FinancingEvent;
import dev.quadrille.acceptance.support.FinancingEvent.CommandRejected;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.proto.command.v1.Outcome;
import dev.quadrille.proto.command.v1.OutcomeStatus;
import dev.quadrille.proto.command.v1.StreamVersion;
import dev.quadrille.proto.financing.v1.Bid;
import dev.quadrille.proto.financing.v1.BidStatus;
import dev.quadrille.proto.financing.v1.Investor;
import dev.quadrille.proto.financing.v1.Invoice;
import dev.quadrille.proto.financing.v1.InvoiceStatus;
import dev.quadrille.proto.financing.v1.WinningBid;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Whole values to compare with. */
final class Expected {

    private static final JsonMapper JSON = new JsonMapper();

    private Expected() {}

    /** An event and its place in its stream. */
    record Fact(long version, FinancingEvent event) {}

    static Fact at(long version, FinancingEvent event) {
        return new Fact(version, event);
    }

    static List<Fact> facts(List<CloudEvent> events) {
        return events.stream().map(event -> at(event.version(), event.event())).toList();
    }

    /** The rejection that this outcome tells of, of a command with this name and body, decided on this stream. */
    static Fact rejectionOf(String command, String stream, Outcome outcome, String body) {
        return rejection(
                UUID.fromString(outcome.getCommandId()),
                command,
                stream,
                outcome.getReason(),
                outcome.getMessage(),
                body);
    }

    static Fact rejection(UUID commandId, String command, String stream, String reason, String message, String body) {
        return at(
                1,
                new CommandRejected(
                        commandId, "financing." + command + ".v1", stream, reason, message, JSON.readTree(body)));
    }

    static void assertAccepted(Outcome outcome, UUID command, StreamVersion... written) {
        assertThat(outcome.getConsistencyToken()).isNotEmpty();
        assertThat(outcome)
                .isEqualTo(Outcome.newBuilder()
                        .setCommandId(command.toString())
                        .setStatus(OutcomeStatus.OUTCOME_STATUS_ACCEPTED)
                        .addAllWritten(Arrays.asList(written))
                        .setConsistencyToken(outcome.getConsistencyToken())
                        .build());
    }

    static void assertRejected(Outcome outcome, UUID command, String reason) {
        assertThat(outcome.getMessage()).isNotBlank();
        assertThat(outcome)
                .isEqualTo(Outcome.newBuilder()
                        .setCommandId(command.toString())
                        .setStatus(OutcomeStatus.OUTCOME_STATUS_REJECTED)
                        .setReason(reason)
                        .setMessage(outcome.getMessage())
                        .build());
    }

    static StreamVersion written(String stream, long version) {
        return StreamVersion.newBuilder().setStream(stream).setVersion(version).build();
    }

    static Investor investor(UUID id, Amount balance, Amount reserved, Amount committed) {
        return Investor.newBuilder()
                .setInvestorId(id.toString())
                .setName(Scenario.INVESTOR)
                .setBalance(balance.money())
                .setReserved(reserved.money())
                .setCommitted(committed.money())
                .build();
    }

    static Bid bid(UUID id, UUID investor, UUID invoice, Amount amount, BidStatus status, String reason) {
        return Bid.newBuilder()
                .setBidId(id.toString())
                .setInvestorId(investor.toString())
                .setInvoiceId(invoice.toString())
                .setAmount(amount.money())
                .setStatus(status)
                .setReason(reason)
                .build();
    }

    static Invoice available(UUID id, UUID issuer, Amount askingPrice) {
        return Invoice.newBuilder()
                .setInvoiceId(id.toString())
                .setIssuerId(issuer.toString())
                .setAskingPrice(askingPrice.money())
                .setStatus(InvoiceStatus.INVOICE_STATUS_AVAILABLE)
                .build();
    }

    static Invoice taken(InvoiceStatus status, Invoice available, FinancingEvent.Bid winner) {
        return available.toBuilder()
                .setStatus(status)
                .setWinningBid(WinningBid.newBuilder()
                        .setBidId(winner.bidId().toString())
                        .setInvestorId(winner.investorId().toString())
                        .setAmount(winner.amount().money()))
                .build();
    }
}
