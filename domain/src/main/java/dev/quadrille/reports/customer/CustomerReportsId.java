package dev.quadrille.reports.customer;

import dev.quadrille.kernel.StreamId;
import java.util.UUID;

/** Whose reports: the customer's id. */
public record CustomerReportsId(UUID value) {

    public static final String CATEGORY = "reports.customer";

    /** The stream of the customer's reports. */
    public StreamId stream() {
        return new StreamId(CATEGORY, value.toString());
    }
}
