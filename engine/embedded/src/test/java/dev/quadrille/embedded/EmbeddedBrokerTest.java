package dev.quadrille.embedded;

import static com.rabbitmq.client.MessageProperties.MINIMAL_BASIC;
import static com.rabbitmq.client.MessageProperties.MINIMAL_PERSISTENT_BASIC;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DeliverCallback;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EmbeddedBrokerTest {
    private static final int CONFIRMED_WITHIN_MILLIS = 10_000;
    private static final CancelCallback NOT_CANCELLED = tag -> {};

    @Nested
    class On_disk {
        @TempDir
        Path directory;

        @Test
        void what_is_durable_is_there_after_a_restart_in_its_order() throws Exception {
            try (var broker = EmbeddedBroker.start(directory, 0);
                    var connection = connect(broker);
                    var channel = connection.createChannel()) {
                channel.exchangeDeclare("facts", BuiltinExchangeType.TOPIC, true);
                channel.queueDeclare("kept", true, false, false, Map.of("x-single-active-consumer", true));
                channel.queueBind("kept", "facts", "kept.#");
                channel.confirmSelect();
                for (var n = 0; n < 100; n++) {
                    channel.basicPublish("facts", "kept.1", MINIMAL_PERSISTENT_BASIC, bytes(n));
                    channel.basicPublish("facts", "kept.1", MINIMAL_BASIC, bytes(-n));
                }
                channel.waitForConfirmsOrDie(CONFIRMED_WITHIN_MILLIS);
            }

            try (var broker = EmbeddedBroker.start(directory, 0);
                    var connection = connect(broker);
                    var channel = connection.createChannel()) {
                channel.confirmSelect();
                channel.basicPublish("facts", "kept.2", MINIMAL_PERSISTENT_BASIC, bytes(100));
                channel.waitForConfirmsOrDie(CONFIRMED_WITHIN_MILLIS);

                assertThat(drain(channel, "kept")).containsExactlyElementsOf(numbers(0, 100));
            }
        }

        @Test
        void a_directory_in_use_is_refused_and_keeps_running() throws Exception {
            try (var broker = EmbeddedBroker.start(directory, 0)) {
                assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0))
                        .isInstanceOf(StartFailure.class)
                        .hasMessageContaining(directory.toRealPath().toString())
                        .hasMessageContaining("is in use by process "
                                + ProcessHandle.current().pid());

                try (var connection = connect(broker)) {
                    assertThat(connection.isOpen()).isTrue();
                }
            }
        }

        @Test
        void a_taken_port_is_refused_by_its_number_and_the_directory_let_go() throws Exception {
            try (var other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                assertThatThrownBy(() -> EmbeddedBroker.start(directory, other.getLocalPort()))
                        .isInstanceOf(StartFailure.class)
                        .hasMessageContaining("Port " + other.getLocalPort() + " is taken");
            }

            EmbeddedBroker.start(directory, 0).close();
        }

        @Test
        void a_store_that_cannot_be_read_is_a_failure_and_not_an_empty_broker() throws Exception {
            EmbeddedBroker.start(directory, 0).close();
            Files.delete(directory.resolve("data/default/service.properties"));

            assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0)).isInstanceOf(StartFailure.class);
        }

        @Test
        void a_first_start_that_was_cut_short_is_begun_anew() throws Exception {
            Files.createDirectories(directory.resolve("data/default/seg0"));

            EmbeddedBroker.start(directory, 0).close();
        }
    }

    @Test
    void what_is_published_unroutable_and_mandatory_is_returned_and_not_acknowledged() throws Exception {
        try (var broker = EmbeddedBroker.temporary();
                var connection = connect(broker);
                var channel = connection.createChannel()) {
            var returned = new ArrayBlockingQueue<Integer>(1);
            channel.addReturnListener(it -> returned.add(it.getReplyCode()));
            channel.exchangeDeclare("facts", BuiltinExchangeType.TOPIC, true);
            channel.confirmSelect();

            channel.basicPublish("facts", "nowhere", true, MINIMAL_PERSISTENT_BASIC, bytes(1));

            assertThat(channel.waitForConfirms(CONFIRMED_WITHIN_MILLIS)).isFalse();
            assertThat(next(returned)).isEqualTo(312);
        }
    }

    @Test
    void one_consumer_at_a_time_is_active_and_the_next_goes_on_where_it_ended() throws Exception {
        try (var broker = EmbeddedBroker.temporary()) {
            var active = connect(broker);
            var standby = connect(broker);
            var publisher = connect(broker).createChannel();
            publisher.queueDeclare("ordered", true, false, false, Map.of("x-single-active-consumer", true));
            var first = consume(active.createChannel(), "ordered");
            var second = consume(standby.createChannel(), "ordered");
            publish(publisher, "ordered", 1, 2);
            assertThat(next(first)).isEqualTo(1);

            active.abort();

            publish(publisher, "ordered", 3);
            assertThat(List.of(next(second), next(second), next(second))).containsExactly(1, 2, 3);
        }
    }

    @Test
    void an_unknown_queue_argument_is_refused() throws Exception {
        try (var broker = EmbeddedBroker.temporary()) {
            var channel = connect(broker).createChannel();

            assertThatThrownBy(() -> channel.queueDeclare("short", true, false, false, Map.of("x-message-ttl", 1_000)))
                    .isInstanceOf(IOException.class)
                    .hasStackTraceContaining("reply-code=542");
        }
    }

    @Test
    void a_connection_has_as_many_channels_as_on_RabbitMQ() throws Exception {
        try (var broker = EmbeddedBroker.temporary();
                var connection = connect(broker)) {
            assertThat(connection.getChannelMax()).isEqualTo(2047);
            assertThat(connection.createChannel(2047).isOpen()).isTrue();
        }
    }

    @Test
    void nobody_else_is_let_in() throws Exception {
        try (var broker = EmbeddedBroker.temporary()) {
            var stranger = factory(broker);
            stranger.setPassword("guest");

            assertThatThrownBy(stranger::newConnection).isInstanceOf(PossibleAuthenticationFailureException.class);
        }
    }

    @Test
    void only_this_machine_can_connect() throws Exception {
        try (var broker = EmbeddedBroker.temporary()) {
            var outward = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(it -> !it.isLoopbackAddress());

            assertThat(outward)
                    .allSatisfy(it -> assertThatThrownBy(() -> new Socket(it, broker.port()).close())
                            .isInstanceOf(IOException.class));
        }
    }

    @Test
    void a_closed_broker_is_gone() throws Exception {
        var broker = EmbeddedBroker.temporary();
        var connection = connect(broker);

        broker.close();
        broker.close();

        assertThat(connection.isOpen()).isFalse();
        assertThatThrownBy(() -> connect(broker)).isInstanceOf(ConnectException.class);
    }

    private static ConnectionFactory factory(EmbeddedBroker broker) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(broker.amqpUrl());
        factory.setAutomaticRecoveryEnabled(false);
        return factory;
    }

    private static Connection connect(EmbeddedBroker broker) throws Exception {
        return factory(broker).newConnection();
    }

    private static void publish(Channel channel, String queue, int... numbers) throws IOException {
        for (var number : numbers) {
            channel.basicPublish("", queue, MINIMAL_PERSISTENT_BASIC, bytes(number));
        }
    }

    /** Never acknowledges, so what one consumer has had comes again to the next. */
    private static BlockingQueue<Integer> consume(Channel channel, String queue) throws IOException {
        var received = new ArrayBlockingQueue<Integer>(10);
        DeliverCallback add = (tag, delivery) -> received.add(number(delivery.getBody()));
        channel.basicConsume(queue, false, add, NOT_CANCELLED);
        return received;
    }

    private static List<Integer> drain(Channel channel, String queue) throws IOException {
        var drained = new ArrayList<Integer>();
        for (var message = channel.basicGet(queue, true); message != null; message = channel.basicGet(queue, true)) {
            drained.add(number(message.getBody()));
        }
        return drained;
    }

    private static List<Integer> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        var next = queue.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private static byte[] bytes(int number) {
        return Integer.toString(number).getBytes(UTF_8);
    }

    private static int number(byte[] bytes) {
        return Integer.parseInt(new String(bytes, UTF_8));
    }
}
