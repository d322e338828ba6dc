package dev.quadrille.acceptance.support;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/**
 * Hears every event of financing from the moment its queue is there, in the order of the bus, on a queue of its own. What
 * comes twice (a relayer may repeat) is heard once.
 */
public final class Witness implements AutoCloseable {

    private final Channel channel;
    private final String queue;
    private final LinkedHashMap<String, Delivery> heard = new LinkedHashMap<>();
    /** The first ones of them. */
    private final List<CloudEvent> read = new ArrayList<>();

    private long repeats;

    /** @param queue where events are kept, and which is this witness's own */
    Witness(Connection connection, String queue) throws IOException {
        this.channel = connection.createChannel();
        this.queue = queue;
        // Acknowledges nothing, as the queue ends with this: an embedded broker would write down each by itself.
        channel.basicConsume(queue, false, (_, delivery) -> hear(delivery), _ -> {});
    }

    private synchronized void hear(Delivery delivery) {
        if (heard.putIfAbsent(delivery.getProperties().getMessageId(), delivery) != null) {
            repeats++;
        }
        notifyAll();
    }

    /** What this command set off, waiting until so many events of it were heard; fewer when patience ends. */
    public List<CloudEvent> setOffBy(UUID command, int count) {
        return await("correlationid", command.toString(), count);
    }

    /** What happened in this stream, waiting until so many events of it were heard; fewer when patience ends. */
    public List<CloudEvent> in(String stream, int count) {
        return await("subject", stream, count);
    }

    /** Everything heard so far. */
    public synchronized List<CloudEvent> all() {
        read.addAll(
                heard.values().stream().skip(read.size()).map(CloudEvent::read).toList());
        return List.copyOf(read);
    }

    /** How many more times events came than there are. */
    public synchronized long repeats() {
        return repeats;
    }

    private synchronized List<CloudEvent> await(String attribute, String value, int count) {
        var deadline = System.nanoTime() + Patience.BUDGET.toNanos();
        var matching = matching(attribute, value);
        for (long left; matching.size() < count && (left = deadline - System.nanoTime()) > 0; ) {
            try {
                wait(1 + left / 1_000_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while listening", e);
            }
            matching = matching(attribute, value);
        }
        return matching.stream().map(CloudEvent::read).toList();
    }

    private List<Delivery> matching(String attribute, String value) {
        return heard.values().stream()
                .filter(delivery -> value.equals(CloudEvent.header(delivery.getProperties(), attribute)))
                .toList();
    }

    /** Deletes its queue. */
    @Override
    public void close() throws IOException, TimeoutException {
        channel.queueDelete(queue);
        channel.close();
    }
}
