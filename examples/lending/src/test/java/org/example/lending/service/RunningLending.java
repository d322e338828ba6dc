package org.example.lending.service;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.quadrille.grpc.GrpcServer;
import dev.quadrille.proto.command.v1.AwaitOutcomeRequest;
import dev.quadrille.proto.command.v1.Outcome;
import dev.quadrille.proto.command.v1.OutcomeServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.example.lending.proto.v1.CommandServiceGrpc;
import org.example.lending.proto.v1.CommandServiceGrpc.CommandServiceBlockingStub;
import org.example.lending.proto.v1.Copy;
import org.example.lending.proto.v1.GetCopyRequest;
import org.example.lending.proto.v1.ListCopiesRequest;
import org.example.lending.proto.v1.QueryServiceGrpc;
import org.example.lending.proto.v1.QueryServiceGrpc.QueryServiceBlockingStub;
import org.example.lending.proto.v1.WatchCopiesRequest;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole system, and a client of it, whose calls end before anything here should take so long. */
final class RunningLending implements AutoCloseable {

    private final ConfigurableApplicationContext system;
    private final ManagedChannel channel;

    /** Starts it on any free ports. */
    RunningLending(List<String> settings) {
        var arguments = new ArrayList<>(settings);
        arguments.addAll(List.of("--PORT=0", "--EMBEDDED_POSTGRES_PORT=0", "--EMBEDDED_AMQP_PORT=0", "--PARTITIONS=2"));
        system = LendingApplication.service().run(arguments.toArray(String[]::new));
        channel = ManagedChannelBuilder.forAddress(
                        "127.0.0.1", system.getBean(GrpcServer.class).port())
                .usePlaintext()
                .build();
    }

    CommandServiceBlockingStub commands() {
        return CommandServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, SECONDS);
    }

    private QueryServiceBlockingStub queries() {
        return QueryServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, SECONDS);
    }

    /** What becomes of a command, once it is decided. */
    Outcome outcome(String commandId) {
        return OutcomeServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(60, SECONDS)
                .awaitOutcome(
                        AwaitOutcomeRequest.newBuilder().setCommandId(commandId).build())
                .getOutcome();
    }

    /** The copy as the command has left it, or somebody since. */
    Copy copyAfter(String commandId, String copyId) {
        return queries()
                .getCopy(GetCopyRequest.newBuilder()
                        .setCopyId(copyId)
                        .setConsistencyToken(outcome(commandId).getConsistencyToken())
                        .build())
                .getCopy();
    }

    List<Copy> copies(String bookId) {
        return queries()
                .listCopies(ListCopiesRequest.newBuilder().setBookId(bookId).build())
                .getCopiesList();
    }

    /** Watches the copies of a book until one is like this. */
    Copy await(String bookId, Predicate<Copy> expected) {
        var watch = queries()
                .watchCopies(WatchCopiesRequest.newBuilder().setBookId(bookId).build());
        while (true) {
            var copy = watch.next().getCopy();
            if (expected.test(copy)) {
                return copy;
            }
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        system.close();
    }
}
