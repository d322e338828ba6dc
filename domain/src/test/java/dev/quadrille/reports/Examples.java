package dev.quadrille.reports;

import dev.quadrille.reports.customer.CustomerReportsId;
import dev.quadrille.reports.customer.ReportId;
import java.util.UUID;

/** Whose and which reports the examples are told with; of the customer in billing's examples. */
public final class Examples {

    public static final CustomerReportsId CUSTOMER =
            new CustomerReportsId(dev.quadrille.billing.Examples.CUSTOMER.value());
    public static final ReportId REPORT = new ReportId(UUID.fromString("f4000000-0000-4000-8000-000000000001"));
    public static final ReportId NEXT_REPORT = new ReportId(UUID.fromString("f4000000-0000-4000-8000-000000000002"));

    private Examples() {}
}
