package dev.quadrille.reports.customer;

import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.reports.customer.CustomerReportsEvent.DocumentAddedToReport;
import dev.quadrille.reports.customer.CustomerReportsEvent.MarkingDocumentAsVoidedFailed;
import dev.quadrille.reports.customer.CustomerReportsEvent.MarkingDocumentAsVoidedSucceeded;
import dev.quadrille.reports.customer.CustomerReportsEvent.ReportPublished;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A customer's reports as their decisions see them.
 *
 * @param open the report to which documents are added, null if the next one opens another
 * @param reportOf the report of each document
 * @param marked the documents that are marked as voided, also those that have not come yet
 */
record CustomerReports(
        @Nullable ReportId open, Set<ReportId> published, Map<DocumentId, ReportId> reportOf, Set<DocumentId> marked) {

    static final CustomerReports NONE = new CustomerReports(null, Set.of(), Map.of(), Set.of());

    CustomerReports {
        published = Set.copyOf(published);
        reportOf = Map.copyOf(reportOf);
        marked = Set.copyOf(marked);
    }

    /** The report that was published with the document as valid, if there is one. */
    Optional<ReportId> publishedWith(DocumentId document) {
        return publishedWith(document, published, reportOf, marked);
    }

    private static Optional<ReportId> publishedWith(
            DocumentId document, Set<ReportId> published, Map<DocumentId, ReportId> reportOf, Set<DocumentId> marked) {
        return Optional.ofNullable(reportOf.get(document))
                .filter(report -> published.contains(report) && !marked.contains(document));
    }

    /** The reports after these events. A customer has many documents, so they are copied once for all events. */
    CustomerReports after(List<CustomerReportsEvent> events) {
        var changing = new Changing(this);
        events.forEach(changing::add);
        return changing.changed();
    }

    private static final class Changing {

        private final Set<ReportId> published;
        private final Map<DocumentId, ReportId> reportOf;
        private final Set<DocumentId> marked;
        private @Nullable ReportId open;

        Changing(CustomerReports reports) {
            this.open = reports.open();
            this.published = new HashSet<>(reports.published());
            this.reportOf = new HashMap<>(reports.reportOf());
            this.marked = new HashSet<>(reports.marked());
        }

        void add(CustomerReportsEvent event) {
            switch (event) {
                case DocumentAddedToReport(var _, var report, var document, var _, var voided)
                when (open == null ? !published.contains(report) : open.equals(report))
                        && !reportOf.containsKey(document)
                        && marked.contains(document) == voided -> {
                    open = report;
                    reportOf.put(document, report);
                }
                case ReportPublished(var _, var report)
                when report.equals(open) -> {
                    open = null;
                    published.add(report);
                }
                case MarkingDocumentAsVoidedSucceeded(var _, var document, var _)
                when publishedWith(document).isEmpty() -> marked.add(document);
                case MarkingDocumentAsVoidedFailed(var _, var document, var _, var report)
                when publishedWith(document).equals(Optional.of(report)) -> {}
                case DocumentAddedToReport _,
                        ReportPublished _,
                        MarkingDocumentAsVoidedSucceeded _,
                        MarkingDocumentAsVoidedFailed _ ->
                    throw new IllegalStateException(event + " can't follow on " + changed());
            }
        }

        private Optional<ReportId> publishedWith(DocumentId document) {
            return CustomerReports.publishedWith(document, published, reportOf, marked);
        }

        CustomerReports changed() {
            return new CustomerReports(open, published, reportOf, marked);
        }
    }
}
