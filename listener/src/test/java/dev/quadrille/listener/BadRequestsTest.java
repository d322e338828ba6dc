package dev.quadrille.listener;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.quadrille.grpc.Spoiled;
import dev.quadrille.grpc.WireClient;
import dev.quadrille.grpc.WireClient.Ended;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** P9: a malformed request is answered with every fault it has, and leaves no trace. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BadRequestsTest {

    private static final Metadata.Key<String> TIMEOUT =
            Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);

    private final TestService service = new TestService();
    private final WireClient client = service.client();

    @AfterEach
    void close() {
        client.close();
        service.close();
    }

    @TestFactory
    Stream<DynamicTest> P9_every_fault_of_a_request_is_told_and_nothing_is_enqueued() {
        return client.methods().stream()
                .flatMap(Spoiled::of)
                .map(spoiled -> DynamicTest.dynamicTest(spoiled.toString(), () -> {
                    var before = service.enqueued().size();

                    spoiled.assertAnsweredBy(client.call(spoiled.method(), spoiled.request()));

                    assertThat(service.enqueued())
                            .hasSize(before + (spoiled.faults().isEmpty() ? 1 : 0));
                }));
    }

    /** The client's own clock would end it before it is sent, so the header is written by hand. */
    @TestFactory
    Stream<DynamicTest> a_call_that_comes_after_its_deadline_enqueues_nothing() {
        var late = new Metadata();
        late.put(TIMEOUT, "1n");
        return client.methods().stream()
                .map(method -> DynamicTest.dynamicTest(method.getFullName(), () -> {
                    assertThat(send(method, late).code()).isIn(Code.DEADLINE_EXCEEDED, Code.CANCELLED);
                    assertThat(service.enqueued()).isEmpty();
                }));
    }

    @Test
    void a_client_that_no_longer_waits_leaves_the_server_well() throws Exception {
        var confirms = new Semaphore(0);
        var arrived = new Semaphore(0);
        try (var slow = new TestService(_ -> {
                    arrived.release();
                    confirms.acquireUninterruptibly();
                });
                var impatient = slow.client()) {
            var method = impatient.methods().getFirst();
            var request = Spoiled.good(method.getInputType());

            var cancelled = impatient.send(method, request.toByteArray(), WireClient.PATIENCE, new Metadata());
            arrived.acquire();
            cancelled.cancel(true);
            assertThat(impatient.call(method, request, Duration.ofMillis(1)).code())
                    .isEqualTo(Code.DEADLINE_EXCEEDED);
            confirms.release(3);

            assertThat(impatient.call(method, request).code()).isEqualTo(Code.OK);
        }
    }

    @Test
    void a_message_beyond_4_MiB_is_RESOURCE_EXHAUSTED_and_the_connection_lives_on() {
        var method = client.methods().getFirst();

        var refused = client.send(method, new byte[5 << 20], WireClient.PATIENCE, new Metadata())
                .join();

        assertThat(refused.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        assertThat(service.enqueued()).isEmpty();
        assertThat(send(method, new Metadata()).code()).isEqualTo(Code.OK);
    }

    private Ended send(MethodDescriptor method, Metadata headers) {
        return client.send(method, Spoiled.good(method.getInputType()).toByteArray(), Duration.ZERO, headers)
                .join();
    }
}
