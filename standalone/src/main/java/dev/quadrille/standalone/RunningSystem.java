package dev.quadrille.standalone;

import dev.quadrille.proto.command.v1.AwaitOutcomeRequest;
import dev.quadrille.proto.command.v1.Outcome;
import dev.quadrille.proto.command.v1.OutcomeServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.AbstractStub;
import java.time.Duration;

/** The system that runs on this machine, to be called as anyone may; every call within a while. */
final class RunningSystem implements AutoCloseable {

    static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);

    private final ManagedChannel listener;
    private final ManagedChannel queries;

    private RunningSystem(int listenerPort, int queryPort) {
        listener = channel(listenerPort);
        queries = channel(queryPort);
    }

    static RunningSystem of(StandaloneSettings settings) {
        return on(settings.listenerPort(), settings.queryPort());
    }

    static RunningSystem on(int listenerPort, int queryPort) {
        return new RunningSystem(listenerPort, queryPort);
    }

    private static ManagedChannel channel(int port) {
        return ManagedChannelBuilder.forAddress("localhost", port)
                .usePlaintext()
                .build();
    }

    /** Where commands are taken. */
    ManagedChannel listener() {
        return listener;
    }

    /** Where queries are answered. */
    ManagedChannel queries() {
        return queries;
    }

    /** The stub for one call from now on. */
    static <S extends AbstractStub<S>> S within(S stub) {
        return stub.withDeadlineAfter(ANSWERED_WITHIN);
    }

    /** What becomes of a command, once it is decided. */
    Outcome outcomeOf(String commandId) {
        return within(OutcomeServiceGrpc.newBlockingStub(queries))
                .awaitOutcome(
                        AwaitOutcomeRequest.newBuilder().setCommandId(commandId).build())
                .getOutcome();
    }

    @Override
    public void close() {
        listener.shutdownNow();
        queries.shutdownNow();
    }
}
