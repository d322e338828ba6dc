package dev.quadrille.acceptance.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bus as another system uses it. What is published is durable when the call returns: the broker has confirmed and
 * routed it. For one thread.
 */
public final class Bus implements AutoCloseable {

    static final String EVENTS = "events";
    static final String INTEGRATION_EVENTS = "integration-events";

    /** What RabbitMQ and Qpid say when a message is. */
    private static final Set<Integer> TOO_LARGE = Set.of(AMQP.PRECONDITION_FAILED, AMQP.CONTENT_TOO_LARGE);

    private static final JsonMapper JSON = new JsonMapper();

    private final Connection connection;
    private final Channel channel;
    private final Queue<String> unroutable = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> versions = new HashMap<>();

    /** @param address {@code amqp://user:password@host:port/vhost} */
    public Bus(String address) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(address);
        factory.setAutomaticRecoveryEnabled(false);
        connection = factory.newConnection("acceptance");
        channel = connection.createChannel();
        channel.confirmSelect();
        channel.addReturnListener(returned -> unroutable.add(returned.getRoutingKey()));
    }

    /** Listens from now on. */
    public Witness witness() throws IOException {
        return witness(bound(channel.queueDeclare().getQueue()));
    }

    /** Listens to what has been {@link #keep kept}. */
    public Witness witness(String kept) throws IOException {
        return new Witness(connection, kept);
    }

    /** Has events kept from now on, for a witness to come, also while this connection or the broker is away. */
    public String keep() throws IOException {
        var queue = "acceptance-" + UUID.randomUUID();
        channel.queueDeclare(queue, true, false, false, Map.of());
        return bound(queue);
    }

    private String bound(String queue) throws IOException {
        channel.queueBind(queue, EVENTS, "financing.#");
        return queue;
    }

    /** Announces that the Registering context knows an issuer. */
    public void issuerRegistered(UUID issuer, String name) {
        announce("registering.IssuerRegistered", List.of(new IssuerRegistered(issuer, name)));
    }

    /** Announces that the Registering context knows these investors, all of this name and with this balance. */
    public void investorsRegistered(List<UUID> investors, String name, Amount balance) {
        announce(
                "registering.InvestorRegistered",
                investors.stream()
                        .map(investor -> new InvestorRegistered(investor, name, balance))
                        .toList());
    }

    /** Publishes events of streams that are this client's own, and answers them as they were sent. */
    public List<CloudEvent> publish(FinancingEvent... events) {
        var history = history(events);
        publish(history);
        return history;
    }

    /** Numbers events of streams that are this client's own, from 1 in each stream and on from where it left off. */
    public List<CloudEvent> history(FinancingEvent... events) {
        return Arrays.stream(events)
                .map(event -> CloudEvent.byHand(event, versions.merge(event.subject(), 1L, Long::sum)))
                .toList();
    }

    /** Publishes an event as it stands, perhaps again. */
    public void publish(CloudEvent event) {
        publish(List.of(event));
    }

    /** Publishes events as they stand, in this order. */
    public void publish(List<CloudEvent> events) {
        events.forEach(event -> send(EVENTS, event.routingKey(), event.properties(), event.body()));
        awaitConfirms();
    }

    /** Publishes an event with a body that nobody can read. */
    public void publishSpoiled(CloudEvent event) {
        send(EVENTS, event.routingKey(), event.properties(), "{spoiled".getBytes(UTF_8));
        awaitConfirms();
    }

    /** Publishes whatever it is, unless the broker refuses it for its size, which protects everyone behind it. */
    public void offer(String exchange, String routingKey, BasicProperties properties, byte[] body)
            throws IOException, InterruptedException, TimeoutException {
        var own = connection.createChannel();
        try {
            own.confirmSelect();
            own.addReturnListener(returned -> unroutable.add(returned.getRoutingKey()));
            own.basicPublish(exchange, routingKey, true, properties, body);
            own.waitForConfirmsOrDie(Patience.BUDGET.toMillis());
            requireRouted();
        } catch (ShutdownSignalException closed) {
            if (!(closed.getReason() instanceof AMQP.Channel.Close refusal
                    && TOO_LARGE.contains(refusal.getReplyCode()))) {
                throw closed;
            }
        } finally {
            own.abort();
        }
    }

    private void announce(String type, List<?> announcements) {
        for (var announcement : announcements) {
            var properties = new BasicProperties.Builder()
                    .contentType("application/json")
                    .deliveryMode(2)
                    .messageId(UUID.randomUUID().toString())
                    .build();
            send(INTEGRATION_EVENTS, type, properties, JSON.writeValueAsBytes(announcement));
        }
        awaitConfirms();
    }

    private void send(String exchange, String routingKey, BasicProperties properties, byte[] body) {
        try {
            channel.basicPublish(exchange, routingKey, true, properties, body);
        } catch (IOException e) {
            throw new IllegalStateException("The broker did not take " + routingKey, e);
        }
    }

    private void awaitConfirms() {
        try {
            channel.waitForConfirmsOrDie(Patience.BUDGET.toMillis());
        } catch (IOException | InterruptedException | TimeoutException e) {
            throw new IllegalStateException("The broker did not take what was published", e);
        }
        requireRouted();
    }

    /** A return comes before the confirm. */
    private void requireRouted() {
        if (!unroutable.isEmpty()) {
            throw new IllegalStateException("No queue for " + unroutable);
        }
    }

    @Override
    public void close() {
        // The broker may be gone, killed by the test.
        connection.abort();
    }

    private record IssuerRegistered(UUID issuerId, String name) {}

    private record InvestorRegistered(UUID investorId, String name, Amount balance) {}
}
