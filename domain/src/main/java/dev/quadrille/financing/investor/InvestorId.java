package dev.quadrille.financing.investor;

import dev.quadrille.kernel.StreamId;
import java.util.UUID;

/** Which investor. */
public record InvestorId(UUID value) {

    public static final String CATEGORY = "financing.investor";

    /** The investor's stream. */
    public StreamId stream() {
        return new StreamId(CATEGORY, value.toString());
    }
}
