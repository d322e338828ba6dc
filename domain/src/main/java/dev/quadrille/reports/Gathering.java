package dev.quadrille.reports;

import static dev.quadrille.kernel.Policy.whenever;

import dev.quadrille.billing.document.DocumentEvent.DocumentIssued;
import dev.quadrille.kernel.DerivedId;
import dev.quadrille.kernel.Policy;
import dev.quadrille.reports.customer.CustomerReportsCommand.AddDocument;
import dev.quadrille.reports.customer.CustomerReportsId;
import dev.quadrille.reports.customer.ReportId;
import java.util.List;

/** How documents get into reports. */
final class Gathering {

    private Gathering() {}

    static final List<Policy<?>> POLICIES = List.of(whenever(
            DocumentIssued.class,
            "add an issued document to its customer's report",
            "5f7f0c1e-6a4a-4b1e-9a53-0d4d4c9a7b01",
            AddDocument.class,
            issued -> List.of(new AddDocument(
                    new CustomerReportsId(issued.customerId().value()),
                    issued.documentId(),
                    new ReportId(DerivedId.of(issued.documentId().value(), "report")),
                    issued.totalAmount()))));
}
