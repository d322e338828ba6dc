package dev.quadrille.financing.invoice;

import dev.quadrille.kernel.StreamId;
import java.util.UUID;

/** Which invoice. */
public record InvoiceId(UUID value) {

    public static final String CATEGORY = "financing.invoice";

    /** The invoice's stream. */
    public StreamId stream() {
        return new StreamId(CATEGORY, value.toString());
    }
}
