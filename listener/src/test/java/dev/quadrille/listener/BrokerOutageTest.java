package dev.quadrille.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quadrille.embedded.EmbeddedBroker;
import dev.quadrille.proto.financing.v1.SellInvoiceRequest;
import dev.quadrille.proto.financing.v1.SellInvoiceResponse;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client sees of a broker that is away, comes back, or says nothing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BrokerOutageTest {

    private static final SellInvoiceRequest SELL = SellInvoiceRequest.newBuilder()
            .setRequestId(Requests.ID)
            .setIssuerId(Requests.ID)
            .setAskingPrice(Requests.money("EUR", 20, 0))
            .build();

    @TempDir
    private Path directory;

    @Test
    void P1_calls_are_unavailable_until_the_broker_comes_and_while_it_is_away() throws Exception {
        var port = freePort();
        try (var listener = RunningListener.on("amqp://quadrille:quadrille@127.0.0.1:" + port)) {
            assertThat(refusal(listener)).isEqualTo(Code.UNAVAILABLE);
            listener.awaitHealth(ServingStatus.NOT_SERVING);

            SellInvoiceResponse answer;
            try (var _ = EmbeddedBroker.start(directory, port)) {
                listener.awaitHealth(ServingStatus.SERVING);
                answer = listener.stub().sellInvoice(SELL);
            }

            assertThat(refusal(listener)).isEqualTo(Code.UNAVAILABLE);
            listener.awaitHealth(ServingStatus.NOT_SERVING);

            try (var _ = EmbeddedBroker.start(directory, port)) {
                listener.awaitHealth(ServingStatus.SERVING);
                assertThat(listener.stub().sellInvoice(SELL)).isEqualTo(answer);
            }
        }
    }

    /** There is room for one unconfirmed command: it is given up in time, and the other is refused at once. */
    @Test
    void P1_while_no_confirm_comes_a_call_is_unavailable_and_more_than_MAX_UNCONFIRMED_are_shed() throws Exception {
        try (var broker = EmbeddedBroker.temporary();
                var line = new DeafLine(broker.amqpUrl());
                var listener = RunningListener.on(line.amqpUrl());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            listener.awaitHealth(ServingStatus.SERVING);
            line.goDeaf();
            var refusals = new ExecutorCompletionService<Code>(threads);
            refusals.submit(() -> refusal(listener));
            refusals.submit(() -> refusal(listener));

            assertThat(refusals.take().get()).isEqualTo(Code.RESOURCE_EXHAUSTED);
            assertThat(refusals.take().get()).isEqualTo(Code.UNAVAILABLE);
        }
    }

    private static Code refusal(RunningListener listener) {
        return catchThrowableOfType(
                        StatusRuntimeException.class, () -> listener.stub().sellInvoice(SELL))
                .getStatus()
                .getCode();
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
