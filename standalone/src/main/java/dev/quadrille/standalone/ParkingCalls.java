package dev.quadrille.standalone;

import dev.quadrille.proto.command.v1.AwaitOutcomeRequest;
import dev.quadrille.proto.command.v1.OutcomeServiceGrpc;
import dev.quadrille.proto.parking.v1.CommandServiceGrpc;
import dev.quadrille.proto.parking.v1.CommandServiceGrpc.CommandServiceBlockingStub;
import dev.quadrille.proto.parking.v1.DiscardRequest;
import dev.quadrille.proto.parking.v1.GetParkedRequest;
import dev.quadrille.proto.parking.v1.GetParkedResponse;
import dev.quadrille.proto.parking.v1.ListParkedRequest;
import dev.quadrille.proto.parking.v1.ParkedMessage;
import dev.quadrille.proto.parking.v1.QueryServiceGrpc;
import dev.quadrille.proto.parking.v1.QueryServiceGrpc.QueryServiceBlockingStub;
import dev.quadrille.proto.parking.v1.ReplayRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The calls of {@code parking.v1} on a running system, and what came of them. */
final class ParkingCalls implements AutoCloseable {

    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final ManagedChannel listener;
    private final ManagedChannel queries;

    private ParkingCalls(ManagedChannel listener, ManagedChannel queries) {
        this.listener = listener;
        this.queries = queries;
    }

    static ParkingCalls of(StandaloneSettings settings) {
        return on(settings.listenerPort(), settings.queryPort());
    }

    /** On this machine. */
    static ParkingCalls on(int listenerPort, int queryPort) {
        return new ParkingCalls(channel(listenerPort), channel(queryPort));
    }

    private static ManagedChannel channel(int port) {
        return ManagedChannelBuilder.forAddress("localhost", port)
                .usePlaintext()
                .build();
    }

    /** All pages. */
    List<ParkedMessage> list(ListParkedRequest request) {
        var parked = new ArrayList<ParkedMessage>();
        var next = request.toBuilder();
        do {
            var page = queryService().listParked(next.build());
            parked.addAll(page.getParkedList());
            next.setPageToken(page.getNextPageToken());
        } while (!next.getPageToken().isEmpty());
        return parked;
    }

    GetParkedResponse get(String id) {
        return queryService()
                .getParked(GetParkedRequest.newBuilder().setParkedId(id).build());
    }

    /** Returns once it is recorded that this is asked for. */
    void replay(ReplayRequest request) {
        await(commandService().replay(request).getCommandId());
    }

    /** Likewise. */
    void discard(DiscardRequest request) {
        await(commandService().discard(request).getCommandId());
    }

    private void await(String commandId) {
        OutcomeServiceGrpc.newBlockingStub(queries)
                .withDeadlineAfter(ANSWERED_WITHIN)
                .awaitOutcome(
                        AwaitOutcomeRequest.newBuilder().setCommandId(commandId).build());
    }

    /**
     * What has become of messages: waits until one has been tried again or none is left, or for the end of the patience.
     *
     * @param before as they were before
     * @param now looks them up again
     */
    String cameOf(List<ParkedMessage> before, Supplier<List<ParkedMessage>> now) {
        var deadline = System.nanoTime() + ANSWERED_WITHIN.toNanos();
        while (true) {
            var left = now.get();
            var tried = left.stream()
                    .filter(message -> before.stream()
                            .anyMatch(it -> it.getParkedId().equals(message.getParkedId())
                                    && it.getAttempts() < message.getAttempts()))
                    .toList();
            if (!tried.isEmpty()) {
                return "It failed again: " + tried.getFirst().getReason() + "\n" + left.size() + " of " + before.size()
                        + " are left.";
            }
            if (left.isEmpty()) {
                return "Done; nothing of it is parked any more.";
            }
            if (System.nanoTime() - deadline > 0) {
                return "Asked for; " + left.size() + " of " + before.size() + " are left so far.";
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private QueryServiceBlockingStub queryService() {
        return QueryServiceGrpc.newBlockingStub(queries).withDeadlineAfter(ANSWERED_WITHIN);
    }

    private CommandServiceBlockingStub commandService() {
        return CommandServiceGrpc.newBlockingStub(listener).withDeadlineAfter(ANSWERED_WITHIN);
    }

    @Override
    public void close() {
        listener.shutdownNow();
        queries.shutdownNow();
    }
}
