package dev.quadrille.standalone;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.Unavailable;
import dev.quadrille.rabbitmq.Topology;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Hears on the bus, through a queue of its own as anyone may, when streams begin. Begun before what makes them begin. */
final class Witness implements AutoCloseable {

    private final Connection connection;
    private final Set<String> awaited = ConcurrentHashMap.newKeySet();
    private final CountDownLatch all;

    private Witness(Connection connection, Set<StreamId> streams) {
        this.connection = connection;
        this.all = new CountDownLatch(streams.size());
        streams.forEach(stream -> awaited.add(stream.toString()));
    }

    /**
     * Listens for the first events of these streams.
     *
     * @throws Unavailable if the broker is away
     */
    static Witness of(String broker, Topology topology, Set<StreamId> streams) {
        try {
            var factory = new ConnectionFactory();
            factory.setUri(broker);
            var witness = new Witness(factory.newConnection("populate witness"), streams);
            var channel = witness.connection.createChannel();
            topology.declare(channel);
            var queue = channel.queueDeclare().getQueue();
            channel.queueBind(queue, Topology.EVENTS, "#");
            channel.basicConsume(queue, true, (_, event) -> witness.heard(event), _ -> {});
            return witness;
        } catch (IOException | TimeoutException away) {
            throw new Unavailable("The broker is away: " + away.getMessage(), away);
        } catch (URISyntaxException | GeneralSecurityException malformed) {
            throw new IllegalArgumentException("AMQP_URL is no broker's address", malformed);
        }
    }

    private void heard(Delivery event) {
        var subject = String.valueOf(event.getProperties().getHeaders().get("cloudEvents:subject"));
        if (awaited.remove(subject)) {
            all.countDown();
        }
    }

    /** Waits until all of them have begun; false when the patience ends before. */
    boolean awaitAll(Duration patience) {
        try {
            return all.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        connection.abort();
    }
}
