package dev.quadrille.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import dev.quadrille.domain.Installation;
import dev.quadrille.embedded.EmbeddedBroker;
import dev.quadrille.financing.investor.InvestorCommand.BidOnInvoice;
import dev.quadrille.financing.investor.InvestorId;
import dev.quadrille.financing.invoice.BidId;
import dev.quadrille.financing.invoice.InvoiceId;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.Partitions;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.proto.financing.v1.ApproveFinancingRequest;
import dev.quadrille.proto.financing.v1.BidOnInvoiceRequest;
import dev.quadrille.rabbitmq.CommandMessages;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole listener on the embedded broker, and on the one at AMQP_URL if there is one. */
@ParameterizedClass
@MethodSource("brokers")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ListenerTest {

    private static final Partitions PARTITIONS = new Partitions(16);
    private static final EmbeddedBroker EMBEDDED = EmbeddedBroker.temporary();

    private final RunningListener listener;
    private final Connection connection;
    private final Channel broker;

    static Stream<String> brokers() {
        return Stream.concat(Stream.of(EMBEDDED.amqpUrl()), Stream.ofNullable(System.getenv("AMQP_URL")));
    }

    ListenerTest(String amqpUrl) throws Exception {
        listener = RunningListener.on(amqpUrl);
        listener.awaitHealth(ServingStatus.SERVING);
        var factory = new ConnectionFactory();
        factory.setUri(amqpUrl);
        connection = factory.newConnection();
        broker = connection.createChannel();
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
        connection.close();
    }

    @Test
    @Tag("C2.15")
    void P1_a_command_answered_OK_is_in_the_queue_of_its_stream_as_the_domain_reads_it() throws IOException {
        var investor = new InvestorId(UUID.randomUUID());
        var invoice = new InvoiceId(UUID.randomUUID());

        var answer = listener.stub()
                .bidOnInvoice(BidOnInvoiceRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setInvestorId(investor.value().toString())
                        .setInvoiceId(invoice.value().toString())
                        .setAmount(Requests.money("EUR", 20, 500_000_000))
                        .build());

        var bid = new BidId(UUID.fromString(answer.getBidId()));
        assertThat(in(queueOf(investor.stream())))
                .filteredOn(CommandEnvelope::id, UUID.fromString(answer.getCommandId()))
                .extracting(command -> Installation.codec().decode(command.message()))
                .containsExactly(new BidOnInvoice(investor, bid, invoice, Money.parse("EUR 20.50")));
    }

    @Test
    @Tag("C2.15")
    void P1_a_command_without_a_route_is_unavailable() throws IOException {
        var invoice = new InvoiceId(UUID.randomUUID());
        broker.queueDelete(queueOf(invoice.stream()));

        var error = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> listener.stub()
                        .approveFinancing(ApproveFinancingRequest.newBuilder()
                                .setInvoiceId(invoice.value().toString())
                                .build()));

        assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    private static String queueOf(StreamId stream) {
        return "commands.financing." + PARTITIONS.of(stream);
    }

    /** Takes everything out of a queue, without waiting: what was answered OK is there already. */
    private List<CommandEnvelope> in(String queue) throws IOException {
        var commands = new ArrayList<CommandEnvelope>();
        for (var got = broker.basicGet(queue, true); got != null; got = broker.basicGet(queue, true)) {
            commands.add(new CommandMessages(PARTITIONS)
                    .read(new Delivery(got.getEnvelope(), got.getProps(), got.getBody())));
        }
        return commands;
    }
}
