package dev.quadrille.rabbitmq;

import dev.quadrille.embedded.EmbeddedBroker;
import java.util.stream.Stream;

/**
 * A broker that the tests run on.
 *
 * @param takesOverInOrder whether the next consumer of a queue always begins with what the last one gave back. Qpid may
 *     deliver what lies behind it first, seen under load; RabbitMQ does not.
 */
record TestBroker(String name, String url, boolean takesOverInOrder) {

    private static final TestBroker EMBEDDED =
            new TestBroker("the embedded broker", EmbeddedBroker.temporary().amqpUrl(), false);

    /** The embedded one, and the one at AMQP_URL if there is one. */
    static Stream<TestBroker> all() {
        return Stream.concat(
                Stream.of(EMBEDDED),
                Stream.ofNullable(System.getenv("AMQP_URL")).map(url -> new TestBroker("AMQP_URL", url, true)));
    }

    /** Where tests run that need no more than one. */
    static TestBroker embedded() {
        return EMBEDDED;
    }

    @Override
    public String toString() {
        return name;
    }
}
