package dev.quadrille.acceptance;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.quadrille.acceptance.support.Addresses;
import dev.quadrille.acceptance.support.Channels;
import dev.quadrille.acceptance.support.Patience;
import dev.quadrille.proto.financing.v1.CommandServiceGrpc;
import dev.quadrille.proto.financing.v1.CommandServiceGrpc.CommandServiceBlockingStub;
import dev.quadrille.proto.financing.v1.ListIssuersRequest;
import dev.quadrille.proto.financing.v1.QueryServiceGrpc;
import dev.quadrille.proto.financing.v1.QueryServiceGrpc.QueryServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;

/** Clients who ask all the time, and one who reads, whatever becomes of the servers, until they are stopped. */
final class Traffic implements AutoCloseable {

    /** How long a client waits for an answer: the 5 s that the listener may wait for the broker, and 3 for a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Duration PAUSE = Duration.ofMillis(100);

    /**
     * A call that has been answered.
     *
     * @param begun by {@link System#nanoTime()}
     * @param ended likewise
     */
    record Call(long begun, long ended, Status status) {

        /** The client's library says UNKNOWN of a connection that ends as it writes; a server's answer has no cause. */
        Status.Code code() {
            return status.getCause() instanceof IOException ? Status.Code.UNAVAILABLE : status.getCode();
        }
    }

    private final ManagedChannel listener;
    private final ManagedChannel query;
    private final Queue<Call> commands = new ConcurrentLinkedQueue<>();
    private final Queue<Call> queries = new ConcurrentLinkedQueue<>();
    private final List<Future<?>> running = new ArrayList<>();
    private final ScheduledExecutorService threads;

    Traffic(Addresses addresses, List<Client> clients) {
        listener = Channels.open(addresses.listener());
        query = Channels.open(addresses.query());
        threads = Executors.newScheduledThreadPool(clients.size() + 1);
        clients.forEach(client -> repeat(commands, () -> client.ask(commandStub())));
        repeat(queries, () -> queryStub().listIssuers(ListIssuersRequest.getDefaultInstance()));
    }

    private void repeat(Queue<Call> calls, Runnable call) {
        running.add(threads.scheduleWithFixedDelay(() -> calls.add(timed(call)), 0, PAUSE.toMillis(), MILLISECONDS));
    }

    private static Call timed(Runnable call) {
        var begun = System.nanoTime();
        try {
            call.run();
            return new Call(begun, System.nanoTime(), Status.OK);
        } catch (StatusRuntimeException e) {
            return new Call(begun, System.nanoTime(), e.getStatus());
        }
    }

    private CommandServiceBlockingStub commandStub() {
        return CommandServiceGrpc.newBlockingStub(listener).withDeadlineAfter(PATIENCE);
    }

    private QueryServiceBlockingStub queryStub() {
        return QueryServiceGrpc.newBlockingStub(query).withDeadlineAfter(PATIENCE);
    }

    /** Waits until the clients have gone on for so long. */
    void goOnFor(Duration time) throws Exception {
        threads.schedule(() -> {}, time.toMillis(), MILLISECONDS).get();
    }

    /** The answers to commands so far. */
    List<Call> commands() {
        return List.copyOf(commands);
    }

    /** The answers to queries so far. */
    List<Call> queries() {
        return List.copyOf(queries);
    }

    /** Has the clients end the calls that they are in, and ask no more. */
    void stop() throws Exception {
        threads.shutdown();
        if (!threads.awaitTermination(Patience.BUDGET.toMillis(), MILLISECONDS)) {
            throw new TimeoutException("A client hangs in a call");
        }
        for (var client : running) {
            if (client.state() == Future.State.FAILED) {
                throw new ExecutionException("A client broke off", client.exceptionNow());
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        listener.shutdownNow();
        query.shutdownNow();
    }
}
