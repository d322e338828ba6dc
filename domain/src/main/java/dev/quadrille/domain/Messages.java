package dev.quadrille.domain;

import dev.quadrille.financing.Financing;
import dev.quadrille.json.JsonCodec;
import dev.quadrille.kernel.Codec;

/** How this installation's messages are written: one codec for the listener, the domain and the projections. */
public final class Messages {

    private Messages() {}

    /** Reads and writes the messages of every context. */
    public static Codec codec() {
        return new JsonCodec(Financing.messageTypes(), new MoneyModule());
    }
}
