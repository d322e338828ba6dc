package dev.quadrille.kernel;

import java.util.List;

/** Carries commands to the handlers of their context: each to one handler, those of a stream in the order of sending. */
public interface CommandBus {

    /**
     * Returns once all of these are stored and routed by the broker. Repeating is harmless: command ids take effect
     * once.
     *
     * @throws Unavailable if one of them was not confirmed in time, or has no route: some may have been taken
     */
    void send(List<CommandEnvelope> commands);
}
