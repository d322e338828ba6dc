package dev.quadrille.rabbitmq;

import dev.quadrille.embedded.EmbeddedBroker;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.rabbitmq.RabbitMQContainer;

/**
 * A broker that the tests run on.
 *
 * @param takesOverInOrder whether the next consumer of a queue always begins with what the last one gave back. Qpid may
 *     deliver what lies behind it first, seen under load; RabbitMQ does not.
 */
record TestBroker(String name, String url, boolean takesOverInOrder) {

    private static final TestBroker EMBEDDED =
            new TestBroker("the embedded broker", EmbeddedBroker.temporary().amqpUrl(), false);

    /** The embedded one, the one at AMQP_URL if there is one, and one in a container where a Docker engine answers. */
    static Stream<TestBroker> all() {
        var all = Stream.<TestBroker>builder().add(EMBEDDED);
        var given = System.getenv("AMQP_URL");
        if (given != null) {
            all.add(new TestBroker("AMQP_URL", given, true));
        }
        if (DockerClientFactory.instance().isDockerAvailable()) {
            all.add(Container.BROKER);
        }
        return all.build();
    }

    /** Started for the first test that asks; Testcontainers stops it. */
    private static final class Container {

        private static final RabbitMQContainer SERVER = new RabbitMQContainer("rabbitmq:4-management");

        static {
            SERVER.start();
        }

        static final TestBroker BROKER = new TestBroker("RabbitMQ in a container", SERVER.getAmqpUrl(), true);
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
