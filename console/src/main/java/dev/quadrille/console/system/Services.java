package dev.quadrille.console.system;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The two gRPC servers that the console speaks with. They may come and go: whoever asks {@link #queriesServe} now and then
 * also has the connections opened again as soon as that can be. All methods may be called from any thread.
 */
public final class Services implements AutoCloseable {

    private static final int ANSWER_WITHIN_SECONDS = 3;

    private final ManagedChannel listener;
    private final ManagedChannel query;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Does not wait for the servers.
     *
     * @param listener where commands are taken, host:port
     * @param query where queries are answered, host:port
     */
    public Services(String listener, String query) {
        this.listener = channel(listener);
        this.query = channel(query);
    }

    private ManagedChannel channel(String address) {
        return ManagedChannelBuilder.forTarget(address)
                .usePlaintext()
                .executor(threads)
                .build();
    }

    public Commands commands() {
        return new Commands(listener, query);
    }

    public Queries queries() {
        return new Queries(query);
    }

    /** Whether queries are answered now. Takes a moment and does not throw. */
    public boolean queriesServe() {
        // It would wait for up to two minutes before it tries again by itself.
        reconnect(listener);
        reconnect(query);
        try {
            return HealthGrpc.newBlockingStub(query)
                            .withDeadlineAfter(ANSWER_WITHIN_SECONDS, SECONDS)
                            .check(HealthCheckRequest.getDefaultInstance())
                            .getStatus()
                    == ServingStatus.SERVING;
        } catch (StatusRuntimeException away) {
            return false;
        }
    }

    private static void reconnect(ManagedChannel channel) {
        if (channel.getState(true) == ConnectivityState.TRANSIENT_FAILURE) {
            channel.resetConnectBackoff();
        }
    }

    /** Cuts off what is still running. */
    @Override
    public void close() {
        listener.shutdownNow();
        query.shutdownNow();
        try {
            // Calls that are cut are told so by these threads.
            if (listener.awaitTermination(1_000, MILLISECONDS) && query.awaitTermination(1_000, MILLISECONDS)) {
                threads.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
