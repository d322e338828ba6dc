package dev.quadrille.rabbitmq;

import dev.quadrille.kernel.CommandEnvelope;
import dev.quadrille.kernel.Unavailable;

/** Where the listener hands in what clients ask for. Called by many threads at once. */
@FunctionalInterface
public interface CommandIntake {

    /**
     * Returns once the command is stored and routed by the broker (P1).
     *
     * @throws Unavailable if it was not confirmed in time or has no route: it may have been taken, and sending the same
     *     again is harmless
     * @throws TooManyUnconfirmed at once, if too many others wait for their confirms: it has not been taken
     */
    void submit(CommandEnvelope command);
}
