package dev.quadrille.reports.customer;

import static dev.quadrille.kernel.Decision.accept;
import static dev.quadrille.kernel.Decision.alreadyTrue;
import static dev.quadrille.kernel.Decision.reject;

import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Decider;
import dev.quadrille.kernel.Decision;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.reports.customer.CustomerReportsCommand.AddDocument;
import dev.quadrille.reports.customer.CustomerReportsCommand.MarkDocumentAsVoided;
import dev.quadrille.reports.customer.CustomerReportsCommand.PublishReport;
import dev.quadrille.reports.customer.CustomerReportsEvent.DocumentAddedToReport;
import dev.quadrille.reports.customer.CustomerReportsEvent.MarkingDocumentAsVoidedFailed;
import dev.quadrille.reports.customer.CustomerReportsEvent.MarkingDocumentAsVoidedSucceeded;
import dev.quadrille.reports.customer.CustomerReportsEvent.ReportPublished;
import java.util.List;
import java.util.Set;

/**
 * A customer's documents go into the open report, which is closed by being published. A document is marked as voided
 * before its report is published, or never: what comes first in this stream decides.
 */
public final class CustomerReportsDecider
        implements Decider<CustomerReportsCommand, CustomerReports, CustomerReportsEvent> {

    private CustomerReportsDecider() {}

    /** Customers' reports as the handler hosts them. */
    public static Aggregate<CustomerReportsCommand, ?, CustomerReportsEvent> aggregate() {
        return new Aggregate<>(
                CustomerReportsId.CATEGORY,
                CustomerReportsCommand.class,
                CustomerReportsEvent.class,
                new CustomerReportsDecider());
    }

    @Override
    public CustomerReports initial() {
        return CustomerReports.NONE;
    }

    @Override
    public CustomerReports evolve(CustomerReports reports, CustomerReportsEvent event) {
        return reports.after(List.of(event));
    }

    @Override
    public CustomerReports fold(CustomerReports reports, List<CustomerReportsEvent> events) {
        return reports.after(events);
    }

    @Override
    public Decision<CustomerReportsEvent> decide(
            CustomerReports reports, CustomerReportsCommand command, Set<StreamId> existing) {
        return switch (command) {
            case AddDocument add -> add(reports, add);
            case PublishReport publish -> publish(reports, publish);
            case MarkDocumentAsVoided mark -> mark(reports, mark);
        };
    }

    private static Decision<CustomerReportsEvent> add(CustomerReports reports, AddDocument add) {
        if (reports.reportOf().containsKey(add.documentId())) {
            return alreadyTrue();
        }
        var report = reports.open() == null ? add.newReportId() : reports.open();
        if (reports.published().contains(report)) {
            return reject("REPORT_PUBLISHED", "Report " + report.value() + " is published and can't be opened again");
        }
        var voided = reports.marked().contains(add.documentId());
        return accept(new DocumentAddedToReport(add.customerId(), report, add.documentId(), add.amount(), voided));
    }

    private static Decision<CustomerReportsEvent> publish(CustomerReports reports, PublishReport publish) {
        if (reports.published().contains(publish.reportId())) {
            return alreadyTrue();
        }
        return publish.reportId().equals(reports.open())
                ? accept(new ReportPublished(publish.customerId(), publish.reportId()))
                : reject(
                        "REPORT_NOT_FOUND",
                        "Customer " + publish.customerId().value() + " has no report "
                                + publish.reportId().value());
    }

    /** An answer each time: whoever asks waits for one. */
    private static Decision<CustomerReportsEvent> mark(CustomerReports reports, MarkDocumentAsVoided mark) {
        return accept(reports.publishedWith(mark.documentId())
                .<CustomerReportsEvent>map(report -> new MarkingDocumentAsVoidedFailed(
                        mark.customerId(), mark.documentId(), mark.processId(), report))
                .orElseGet(() ->
                        new MarkingDocumentAsVoidedSucceeded(mark.customerId(), mark.documentId(), mark.processId())));
    }
}
