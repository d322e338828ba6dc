package dev.quadrille.rabbitmq;

import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.testkit.RecordingHandler;

/** A handler that remembers the bodies of the commands that it has handled. */
final class Recorder extends RecordingHandler<CommandEnvelope, String> {

    Recorder() {
        super(command -> command.message().body(), TestContext.PATIENCE);
    }
}
