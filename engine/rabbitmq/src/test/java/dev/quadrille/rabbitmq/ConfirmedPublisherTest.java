package dev.quadrille.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quadrille.kernel.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "on {0}")
@MethodSource("dev.quadrille.rabbitmq.TestBroker#all")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConfirmedPublisherTest {

    private static final Duration SOON = Duration.ofMillis(500);

    private final TestBroker broker;
    private TestContext context;

    ConfirmedPublisherTest(TestBroker broker) {
        this.broker = broker;
    }

    @BeforeEach
    void open() throws Exception {
        context = new TestContext(broker.url());
    }

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    @Test
    void P1_a_confirmed_message_is_in_its_queue() throws Exception {
        context.publisher().publish(toQueue(1)).get(20, SECONDS);

        assertThat(inQueue()).containsExactly("1");
    }

    @Test
    void P1_a_message_without_a_route_is_unavailable_and_its_neighbors_are_not_harmed() throws Exception {
        var publisher = context.publisher();

        var routed = publisher.publish(toQueue(1));
        var unrouted = publisher.publish(to("nowhere", 2));
        var alsoRouted = publisher.publish(toQueue(3));

        assertThatThrownBy(() -> ConfirmedPublisher.await(unrouted))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("no queue for 'nowhere' on the exchange commands");
        routed.get(20, SECONDS);
        alsoRouted.get(20, SECONDS);
        assertThat(inQueue()).containsExactly("1", "3");
    }

    @Test
    void a_batch_with_a_message_without_a_route_is_unavailable() {
        var publisher = context.publisher();

        assertThatThrownBy(() -> publisher.publishAll(List.of(toQueue(1), to("nowhere", 2))))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void an_exchange_that_is_gone_is_declared_again_by_the_next_message() throws Exception {
        var publisher = context.publisher();
        var gone = new Outgoing("gone-" + context.name, "nowhere", "1", Map.of(), "{}");

        assertThatThrownBy(() -> ConfirmedPublisher.await(publisher.publish(gone)))
                .isInstanceOf(Unavailable.class);

        awaitPublished(publisher, 2);
        assertThat(inQueue()).contains("2");
    }

    @Test
    void a_batch_may_be_larger_than_what_may_be_unconfirmed_and_keeps_its_order() throws Exception {
        var publisher = context.publisher(10, TestContext.PATIENCE);

        publisher.publishAll(
                IntStream.rangeClosed(1, 500).mapToObj(this::toQueue).toList());

        assertThat(inQueue())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 500).mapToObj(String::valueOf).toList());
    }

    @Test
    void an_empty_batch_needs_no_broker() {
        context.wire.down();

        assertThatCode(() -> context.publisher().publishAll(List.of())).doesNotThrowAnyException();
    }

    @Test
    @Tag("C2.20")
    void many_threads_share_the_channel_and_each_gets_its_own_confirm() throws Exception {
        var publisher = context.publisher();
        var calls = IntStream.rangeClosed(1, 200)
                .mapToObj(n -> (Callable<Boolean>)
                        () -> isConfirmed(publisher.publish(n % 10 == 0 ? to("nowhere", n) : toQueue(n))))
                .toList();

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var confirmed =
                    callers.invokeAll(calls).stream().map(Future::resultNow).toList();

            assertThat(confirmed)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 200)
                            .mapToObj(n -> n % 10 != 0)
                            .toList());
        }
        assertThat(inQueue()).hasSize(180);
    }

    @Test
    void over_the_limit_a_single_message_fails_at_once_and_is_not_sent() throws Exception {
        var publisher = context.publisher(2, TestContext.PATIENCE);
        awaitPublished(publisher, 0);
        context.wire.stall();
        var first = publisher.publish(toQueue(1));
        var second = publisher.publish(toQueue(2));

        var third = publisher.publish(toQueue(3));

        assertThatThrownBy(() -> ConfirmedPublisher.await(third))
                .isInstanceOf(TooManyUnconfirmed.class)
                .hasMessage("2 messages wait for the broker's confirm already");
        context.wire.flow();
        first.get(20, SECONDS);
        second.get(20, SECONDS);
        publisher.publish(toQueue(4)).get(20, SECONDS);
        assertThat(inQueue()).containsExactly("0", "1", "2", "4");
    }

    @Test
    void a_batch_gives_up_waiting_for_room_after_a_while() throws Exception {
        var publisher = context.publisher(1, SOON);
        awaitPublished(publisher, 0);
        context.wire.stall();

        assertThatThrownBy(() -> publisher.publishAll(List.of(toQueue(1), toQueue(2))))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void P1_without_a_confirm_in_time_a_message_is_unavailable_and_the_next_takes_a_new_connection() throws Exception {
        var publisher = context.publisher(10, SOON);
        awaitPublished(publisher, 0);
        context.wire.stall();

        var unconfirmed = publisher.publish(toQueue(1));

        assertThatThrownBy(() -> ConfirmedPublisher.await(unconfirmed))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("did not confirm within PT0.5S");
        context.wire.flow();
        awaitPublished(publisher, 2);
    }

    @Test
    void a_thread_that_hangs_in_writing_is_freed_when_the_confirm_is_due() throws Exception {
        var publisher = context.publisher(100, SOON);
        awaitPublished(publisher, 0);
        context.wire.stall();
        var large =
                new Outgoing(Topology.COMMANDS, context.name + ".0", "large", Map.of(), "x".repeat(4 * 1024 * 1024));

        assertThatThrownBy(() -> publisher.publishAll(
                        Stream.generate(() -> large).limit(20).toList()))
                .isInstanceOf(Unavailable.class);

        context.wire.flow();
        awaitPublished(publisher, 1);
    }

    @Test
    void P10_a_lost_connection_fails_what_is_unconfirmed_and_is_opened_again_by_the_next_message() throws Exception {
        var publisher = context.publisher();
        awaitPublished(publisher, 0);
        context.wire.stall();
        var unconfirmed = publisher.publish(toQueue(1));

        context.wire.cut();

        assertThatThrownBy(() -> ConfirmedPublisher.await(unconfirmed)).isInstanceOf(Unavailable.class);
        context.wire.flow();
        awaitPublished(publisher, 2);
    }

    @Test
    void while_the_broker_is_away_messages_fail_at_once_and_afterwards_they_pass() throws Exception {
        var publisher = context.publisher();
        context.wire.down();

        assertThatThrownBy(() -> ConfirmedPublisher.await(publisher.publish(toQueue(1))))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("The broker is away");
        assertThatThrownBy(() -> publisher.publishAll(List.of(toQueue(2)))).isInstanceOf(Unavailable.class);

        context.wire.up();
        awaitPublished(publisher, 3);
        assertThat(inQueue()).containsExactly("3");
    }

    @Test
    void while_the_broker_blocks_publishers_messages_fail_with_its_reason() throws Exception {
        var publisher = context.publisher();
        awaitPublished(publisher, 0);

        context.wire.tellBlocked("low on memory");
        awaitFailure(publisher, "The broker takes no messages now: low on memory");

        context.wire.tellUnblocked();
        awaitPublished(publisher, 1);
    }

    @Test
    void a_closed_publisher_takes_nothing() {
        var publisher = context.publisher();
        publisher.close();

        assertThatThrownBy(() -> ConfirmedPublisher.await(publisher.publish(toQueue(1))))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("has been closed");
    }

    private static boolean isConfirmed(CompletableFuture<Void> confirm) {
        try {
            ConfirmedPublisher.await(confirm);
            return true;
        } catch (Unavailable e) {
            return false;
        }
    }

    private Outgoing toQueue(int n) {
        return to(context.name + ".0", n);
    }

    private static Outgoing to(String routingKey, int n) {
        return new Outgoing(Topology.COMMANDS, routingKey, "message-" + n, Map.of(), String.valueOf(n));
    }

    private List<String> inQueue() throws Exception {
        try (var channel = context.channel()) {
            var bodies = new ArrayList<String>();
            var queue = context.commandQueues().getFirst();
            for (var got = channel.basicGet(queue, true); got != null; got = channel.basicGet(queue, true)) {
                bodies.add(new String(got.getBody(), UTF_8));
            }
            return bodies;
        }
    }

    /** Publishes as its callers do: again when the broker is unavailable. */
    private void awaitPublished(ConfirmedPublisher publisher, int n) {
        Eventually.passes(() -> ConfirmedPublisher.await(publisher.publish(toQueue(n))));
    }

    private void awaitFailure(ConfirmedPublisher publisher, String message) {
        Eventually.passes(() -> assertThatThrownBy(() -> ConfirmedPublisher.await(publisher.publish(to("nowhere", 0))))
                .hasMessageContaining(message));
    }
}
