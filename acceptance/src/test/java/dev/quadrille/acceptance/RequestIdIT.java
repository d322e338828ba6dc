package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Expected.assertAccepted;
import static dev.quadrille.acceptance.Expected.assertRejected;
import static dev.quadrille.acceptance.Expected.at;
import static dev.quadrille.acceptance.Expected.facts;
import static dev.quadrille.acceptance.Expected.written;
import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.FinancingEvent.investorStream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.support.AtOnce;
import dev.quadrille.acceptance.support.FinancingEvent.BidOnInvoicePlaced;
import dev.quadrille.acceptance.support.Scenario;
import dev.quadrille.acceptance.support.SystemUnderTest;
import dev.quadrille.proto.financing.v1.ApproveFinancingRequest;
import dev.quadrille.proto.financing.v1.BidOnInvoiceRequest;
import dev.quadrille.proto.financing.v1.BidOnInvoiceResponse;
import dev.quadrille.proto.financing.v1.CommandServiceGrpc.CommandServiceBlockingStub;
import dev.quadrille.proto.financing.v1.ReverseFinancingRequest;
import dev.quadrille.proto.financing.v1.SellInvoiceRequest;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** P2: a request with an id may be sent again and again. */
@AgainstEverySystem
class RequestIdIT {

    private static final int RIVALS = 8;

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
    @Tag("C2.17")
    @Tag("C2.20")
    void P2_the_same_request_from_many_at_once_has_the_same_ids_and_one_effect() throws Exception {
        var investor = scenario.registerInvestor(eur(100));
        var request = bid(investor, UUID.randomUUID(), 20);

        var answers = AtOnce.all(Collections.nCopies(RIVALS, (Callable<BidOnInvoiceResponse>)
                () -> scenario.commands().bidOnInvoice(request)));

        assertThat(answers).containsOnly(answers.getFirst());
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

    @ParameterizedTest
    @EnumSource
    void P2_of_several_bodies_at_once_under_one_request_id_one_counts(Method method) throws Exception {
        var id = UUID.randomUUID().toString();
        oneCounts(Stream.generate(() -> method).limit(RIVALS), id);
    }

    @Test
    void P2_of_several_methods_at_once_under_one_request_id_one_counts() throws Exception {
        var id = UUID.randomUUID().toString();
        oneCounts(Stream.of(Method.values()), id);
    }

    /** Has each called twice at once, each with another body: all but one body are rejected for the id. */
    private void oneCounts(Stream<Method> methods, String requestId) throws Exception {
        var calls = methods.map(method -> method.call(scenario.commands(), requestId))
                .toList();

        var commands = AtOnce.all(Stream.of(calls, calls).flatMap(List::stream).toList());

        var first = commands.subList(0, calls.size());
        assertThat(first).doesNotHaveDuplicates();
        assertThat(commands.subList(calls.size(), commands.size())).isEqualTo(first);
        assertThat(first.stream()
                        .map(command -> scenario.outcomeOf(UUID.fromString(command)))
                        .filter(outcome -> !outcome.getReason().equals("REQUEST_ID_REUSED")))
                .hasSize(1);
    }

    /** Each method, to be called with a body that no one else uses. */
    enum Method {
        SELL_INVOICE {
            @Override
            Callable<String> call(CommandServiceBlockingStub commands, String requestId) {
                var request = SellInvoiceRequest.newBuilder()
                        .setRequestId(requestId)
                        .setIssuerId(UUID.randomUUID().toString())
                        .setAskingPrice(eur(10).money())
                        .build();
                return () -> commands.sellInvoice(request).getCommandId();
            }
        },
        BID_ON_INVOICE {
            @Override
            Callable<String> call(CommandServiceBlockingStub commands, String requestId) {
                var request = bid(UUID.randomUUID(), UUID.randomUUID(), 20).toBuilder()
                        .setRequestId(requestId)
                        .build();
                return () -> commands.bidOnInvoice(request).getCommandId();
            }
        },
        APPROVE_FINANCING {
            @Override
            Callable<String> call(CommandServiceBlockingStub commands, String requestId) {
                var request = ApproveFinancingRequest.newBuilder()
                        .setRequestId(requestId)
                        .setInvoiceId(UUID.randomUUID().toString())
                        .build();
                return () -> commands.approveFinancing(request).getCommandId();
            }
        },
        REVERSE_FINANCING {
            @Override
            Callable<String> call(CommandServiceBlockingStub commands, String requestId) {
                var request = ReverseFinancingRequest.newBuilder()
                        .setRequestId(requestId)
                        .setInvoiceId(UUID.randomUUID().toString())
                        .build();
                return () -> commands.reverseFinancing(request).getCommandId();
            }
        };

        /** Answers the id of the command. */
        abstract Callable<String> call(CommandServiceBlockingStub commands, String requestId);
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
