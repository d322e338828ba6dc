package dev.quadrille.projections.reports;

import static dev.quadrille.postgres.intake.Upsert.upsert;
import static dev.quadrille.projections.generated.Tables.CUSTOMER_REPORT;
import static dev.quadrille.projections.generated.Tables.REPORTED_DOCUMENT;
import static java.util.Comparator.comparing;

import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.postgres.intake.Happened;
import dev.quadrille.projections.generated.tables.records.CustomerReportRecord;
import dev.quadrille.projections.generated.tables.records.ReportedDocumentRecord;
import dev.quadrille.reports.customer.CustomerReportsEvent;
import dev.quadrille.reports.customer.CustomerReportsEvent.DocumentAddedToReport;
import dev.quadrille.reports.customer.CustomerReportsEvent.MarkingDocumentAsVoidedFailed;
import dev.quadrille.reports.customer.CustomerReportsEvent.MarkingDocumentAsVoidedSucceeded;
import dev.quadrille.reports.customer.CustomerReportsEvent.ReportPublished;
import dev.quadrille.reports.customer.CustomerReportsId;
import dev.quadrille.reports.customer.ReportId;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;

/** What a batch of events changes in the tables. For one transaction, on one thread. */
final class Changes {

    /** A document is one of a customer's: what other streams say of the same does not touch it. */
    private record Key(UUID customer, UUID document) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            return comparing(Key::customer).thenComparing(Key::document).compare(this, other);
        }
    }

    private final SortedMap<UUID, CustomerReportRecord> reports = new TreeMap<>();
    private final SortedMap<Key, ReportedDocumentRecord> documents = new TreeMap<>();

    /**
     * Adds an event, the next of its stream.
     *
     * @throws IllegalArgumentException if it is no event of reports
     */
    void add(Happened happened) {
        switch (happened.event()) {
            case CustomerReportsEvent event -> add(event, happened.envelope().version());
            case CommandRejected _ -> {}
            default -> throw new IllegalArgumentException(happened.event().getClass() + " is no event of reports");
        }
    }

    private void add(CustomerReportsEvent event, long version) {
        switch (event) {
            case DocumentAddedToReport(var customer, var report, var document, var amount, var voided) -> {
                report(customer, report);
                var row = document(customer, document);
                row.setReportId(report.value());
                row.setPlace(version);
                row.setCurrency(amount.getCurrencyUnit().getCode());
                row.setAmount(amount.getAmount());
                row.setVoided(voided);
            }
            case ReportPublished(var customer, var report) ->
                report(customer, report).setPublished(true);
            case MarkingDocumentAsVoidedSucceeded(var customer, var document, var _) ->
                document(customer, document).setVoided(true);
            case MarkingDocumentAsVoidedFailed _ -> {}
        }
    }

    private CustomerReportRecord report(CustomerReportsId customer, ReportId id) {
        var row = reports.computeIfAbsent(id.value(), _ -> new CustomerReportRecord());
        row.setReportId(id.value());
        row.setCustomerId(customer.value());
        return row;
    }

    private ReportedDocumentRecord document(CustomerReportsId customer, DocumentId id) {
        var row = documents.computeIfAbsent(new Key(customer.value(), id.value()), _ -> new ReportedDocumentRecord());
        row.setCustomerId(customer.value());
        row.setDocumentId(id.value());
        return row;
    }

    /** Writes what was added, the reports first, which change with their documents. Called once, last. */
    void write(DSLContext transaction) {
        upsert(
                transaction,
                List.of(CUSTOMER_REPORT.REPORT_ID),
                reports.values(),
                List.of(CUSTOMER_REPORT.CUSTOMER_ID, CUSTOMER_REPORT.PUBLISHED),
                List.of());
        upsert(
                transaction,
                List.of(REPORTED_DOCUMENT.CUSTOMER_ID, REPORTED_DOCUMENT.DOCUMENT_ID),
                documents.values(),
                List.of(
                        REPORTED_DOCUMENT.REPORT_ID,
                        REPORTED_DOCUMENT.PLACE,
                        REPORTED_DOCUMENT.CURRENCY,
                        REPORTED_DOCUMENT.AMOUNT,
                        REPORTED_DOCUMENT.VOIDED),
                List.of());
    }
}
