package dev.quadrille.standalone;

import static dev.quadrille.standalone.RunningSystem.within;

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
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The calls of {@code parking.v1} on a running system, and what came of them. */
record ParkingCalls(RunningSystem system) {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

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

    /** @throws StatusRuntimeException NOT_FOUND if it is not parked, or not any more */
    GetParkedResponse get(String id) {
        return queryService()
                .getParked(GetParkedRequest.newBuilder().setParkedId(id).build());
    }

    /** The message, or nothing. */
    List<ParkedMessage> find(String id) {
        try {
            return List.of(get(id).getParked());
        } catch (StatusRuntimeException answer) {
            if (answer.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return List.of();
            }
            throw answer;
        }
    }

    /** Returns once it is recorded that this is asked for. */
    void replay(ReplayRequest request) {
        system.outcomeOf(commandService().replay(request).getCommandId());
    }

    /** Likewise. */
    void discard(DiscardRequest request) {
        system.outcomeOf(commandService().discard(request).getCommandId());
    }

    /**
     * What has become of messages: waits until one has been tried again or none is left, or for the end of the patience.
     *
     * @param before as they were before
     * @param now looks them up again
     */
    String cameOf(List<ParkedMessage> before, Supplier<List<ParkedMessage>> now) {
        var deadline = System.nanoTime() + RunningSystem.ANSWERED_WITHIN.toNanos();
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
        return within(QueryServiceGrpc.newBlockingStub(system.queries()));
    }

    private CommandServiceBlockingStub commandService() {
        return within(CommandServiceGrpc.newBlockingStub(system.listener()));
    }
}
