package dev.quadrille.listener;

import static dev.quadrille.proto.demo.v1.CommandServiceGrpc.getSetDemoMethod;
import static dev.quadrille.proto.demo.v1.CommandServiceGrpc.getSetSlowDownMethod;

import dev.quadrille.commands.CallIds;
import dev.quadrille.commands.CommandQueue;
import dev.quadrille.demo.SwitchesCommand.SetDemo;
import dev.quadrille.demo.SwitchesCommand.SetSlowDown;
import dev.quadrille.demo.SwitchesId;
import dev.quadrille.grpc.Unary;
import dev.quadrille.proto.demo.v1.CommandServiceGrpc.CommandServiceImplBase;
import dev.quadrille.proto.demo.v1.SetDemoRequest;
import dev.quadrille.proto.demo.v1.SetDemoResponse;
import dev.quadrille.proto.demo.v1.SetSlowDownRequest;
import dev.quadrille.proto.demo.v1.SetSlowDownResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;

/** What people ask of the switches. Sees only requests that keep the rules of their proto. */
final class DemoCommandService extends CommandServiceImplBase {

    private final CommandQueue queue;

    DemoCommandService(CommandQueue queue) {
        this.queue = queue;
    }

    @Override
    public void setDemo(SetDemoRequest request, StreamObserver<SetDemoResponse> responses) {
        Unary.answer(responses, () -> {
            var ids = CallIds.of(request.getRequestId(), getSetDemoMethod(), request.getOn());
            queue.enqueue(ids, new SetDemo(SwitchesId.ALL, request.getOn()));
            return SetDemoResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .build();
        });
    }

    @Override
    public void setSlowDown(SetSlowDownRequest request, StreamObserver<SetSlowDownResponse> responses) {
        Unary.answer(responses, () -> {
            var pause = Duration.ofSeconds(
                    request.getPause().getSeconds(), request.getPause().getNanos());
            var ids = CallIds.of(request.getRequestId(), getSetSlowDownMethod(), pause);
            queue.enqueue(ids, new SetSlowDown(SwitchesId.ALL, pause));
            return SetSlowDownResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .build();
        });
    }
}
