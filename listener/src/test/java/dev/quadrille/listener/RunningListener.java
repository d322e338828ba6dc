package dev.quadrille.listener;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.quadrille.grpc.GrpcServer;
import dev.quadrille.proto.financing.v1.CommandServiceGrpc;
import dev.quadrille.proto.financing.v1.CommandServiceGrpc.CommandServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service with its settings, and a client of it. */
final class RunningListener implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final ManagedChannel channel;

    private RunningListener(ConfigurableApplicationContext context) {
        this.context = context;
        this.channel = ManagedChannelBuilder.forAddress(
                        "127.0.0.1", context.getBean(GrpcServer.class).port())
                .usePlaintext()
                .build();
    }

    static RunningListener on(String amqpUrl) {
        return new RunningListener(ListenerApplication.service()
                .run(
                        "--AMQP_URL=" + amqpUrl,
                        "--BIND_ADDRESS=127.0.0.1",
                        "--LISTENER_PORT=0",
                        "--MAX_UNCONFIRMED=1",
                        "--CONFIRM_WITHIN=3s"));
    }

    /** A client whose calls end before anything here should take so long. */
    CommandServiceBlockingStub stub() {
        return CommandServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, SECONDS);
    }

    /** Watches the service's health until it is this. */
    void awaitHealth(ServingStatus expected) {
        var health = HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(60, SECONDS)
                .watch(HealthCheckRequest.newBuilder()
                        .setService(CommandServiceGrpc.SERVICE_NAME)
                        .build());
        while (health.next().getStatus() != expected) {
            // The next answer comes with the next change.
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        context.close();
    }
}
