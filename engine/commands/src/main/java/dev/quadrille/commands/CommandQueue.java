package dev.quadrille.commands;

import dev.quadrille.grpc.GrpcErrors;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Unavailable;
import dev.quadrille.rabbitmq.CommandIntake;
import dev.quadrille.rabbitmq.TooManyUnconfirmed;
import java.time.InstantSource;

/** Puts the command that a call asks for on the bus, as the first of its lineage. Safe to share between threads. */
public final class CommandQueue {

    private final CommandIntake intake;
    private final Codec codec;
    private final InstantSource clock;

    public CommandQueue(CommandIntake intake, Codec codec, InstantSource clock) {
        this.intake = intake;
        this.codec = codec;
        this.clock = clock;
    }

    /**
     * Returns once the command is stored and routed by the broker (P1). Called on the call's own thread; when the call's
     * deadline passes before, its client learns that at once, and the command may have been taken all the same.
     *
     * @throws io.grpc.StatusRuntimeException UNAVAILABLE if that is not certain, RESOURCE_EXHAUSTED if too many wait
     *     for it already
     */
    public void enqueue(CallIds ids, Command command) {
        try {
            intake.submit(new CommandEnvelope(
                    ids.commandId(),
                    ids.requestId(),
                    command.stream(),
                    clock.instant(),
                    new Lineage(ids.commandId(), ids.commandId(), Traceparent.ofCall()),
                    codec.encode(command)));
        } catch (Unavailable away) {
            throw GrpcErrors.unavailable(
                    "BROKER_UNAVAILABLE",
                    "It is not certain that the command was enqueued; send the same request_id again. "
                            + away.getMessage());
        } catch (TooManyUnconfirmed full) {
            throw GrpcErrors.resourceExhausted(
                    "TOO_MANY_UNCONFIRMED", "The command was not enqueued; try again later. " + full.getMessage());
        }
    }
}
