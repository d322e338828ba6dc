package dev.quadrille.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.kernel.Handler;
import dev.quadrille.kernel.StreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every bus promises, whatever it carries.
 *
 * @param <B> the bus
 * @param <M> its messages
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class BusContract<B, M> {

    private String context;
    private B bus;
    private List<Subscriber<M>> subscribers;
    private final Map<String, M> made = new HashMap<>();

    /**
     * A bus and all who get what it carries.
     *
     * @param context the one whose messages have a route
     * @param subscribers each gets every message; in the case of commands there is one
     */
    public record BusAndSubscribers<B, M>(String context, B bus, List<Subscriber<M>> subscribers) {

        public BusAndSubscribers {
            subscribers = List.copyOf(subscribers);
        }
    }

    /** Who has queues on the bus, and consumes them when it is told to. */
    @FunctionalInterface
    public interface Subscriber<M> {

        /** Begins to have messages handled, and returns at once or when all that is there has been handled. */
        void consume(Handler<M> handler) throws Exception;
    }

    /** A bus with nothing on it. Called before every test. */
    protected abstract BusAndSubscribers<B, M> empty() throws Exception;

    /** How long a message may be on its way. */
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }

    abstract void send(B over, List<M> messages);

    /** The n-th message of a stream. */
    abstract M message(StreamId stream, int n);

    @BeforeEach
    void begin() throws Exception {
        var subject = empty();
        context = subject.context();
        bus = subject.bus();
        subscribers = subject.subscribers();
    }

    @Test
    void messages_arrive_as_they_were_sent_at_every_subscriber() throws Exception {
        var handlers = consume();

        var messages = messages("a", 1, 3);
        send(bus, messages);

        for (var handler : handlers) {
            assertThat(handler.await(3)).isEqualTo(messages);
        }
    }

    @Test
    @Tag("C2.65")
    void those_of_a_stream_arrive_in_the_order_of_sending_many_or_few_at_a_time() throws Exception {
        var handlers = consume();

        send(bus, messages("a", 1, 600));
        for (var n = 601; n <= 650; n++) {
            send(bus, messages("a", n, n));
        }

        for (var handler : handlers) {
            assertThat(handler.await(650)).isEqualTo(messages("a", 1, 650));
        }
    }

    @Test
    void what_is_sent_while_nobody_consumes_is_kept() throws Exception {
        send(bus, messages("a", 1, 5));

        for (var handler : consume()) {
            assertThat(handler.await(5)).isEqualTo(messages("a", 1, 5));
        }
    }

    @Test
    void each_of_many_streams_arrives_once() throws Exception {
        var handlers = consume();
        var messages = Stream.of("a", "b", "c", "d", "e", "f")
                .flatMap(stream -> messages(stream, 1, 2).stream())
                .toList();

        send(bus, messages);

        for (var handler : handlers) {
            assertThat(handler.await(12)).containsExactlyInAnyOrderElementsOf(messages);
        }
    }

    @Test
    void what_is_sent_again_arrives_again() throws Exception {
        var handlers = consume();

        send(bus, messages("a", 1, 2));
        send(bus, messages("a", 1, 3));

        for (var handler : handlers) {
            assertThat(handler.await(5))
                    .containsExactlyElementsOf(Stream.concat(messages("a", 1, 2).stream(), messages("a", 1, 3).stream())
                            .toList());
        }
    }

    @Test
    void nothing_to_send_is_no_message() throws Exception {
        var handlers = consume();

        send(bus, List.of());
        send(bus, messages("a", 1, 1));

        for (var handler : handlers) {
            assertThat(handler.await(1)).isEqualTo(messages("a", 1, 1));
        }
    }

    /** A handler for each subscriber, which has begun to consume. */
    final List<RecordingHandler<M, M>> consume() throws Exception {
        var handlers = new ArrayList<RecordingHandler<M, M>>();
        for (var subscriber : subscribers) {
            var handler = new RecordingHandler<M, M>(message -> message, patience());
            subscriber.consume(handler);
            handlers.add(handler);
        }
        return handlers;
    }

    /** Some of a stream's messages, the same whenever it is asked for them. */
    final List<M> messages(String stream, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(n ->
                        made.computeIfAbsent(stream + n, _ -> message(new StreamId(context + ".crossing", stream), n)))
                .toList();
    }

    final B bus() {
        return bus;
    }

    final String context() {
        return context;
    }
}
