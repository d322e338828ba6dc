package dev.quadrille.projections.billing;

import static dev.quadrille.postgres.intake.Upsert.upsert;
import static dev.quadrille.projections.generated.Tables.ISSUED_DOCUMENT;

import dev.quadrille.billing.Billing;
import dev.quadrille.billing.document.DocumentEvent;
import dev.quadrille.billing.document.DocumentEvent.DocumentIssued;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoided;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingAborted;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingFailureAcknowledged;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingRequested;
import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.postgres.intake.Happened;
import dev.quadrille.postgres.intake.View;
import dev.quadrille.projections.generated.tables.records.IssuedDocumentRecord;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;

/** The table of billing: a row is of one document's stream, and shown once the document is issued. */
public final class BillingView implements View {

    static final Set<String> CATEGORIES =
            Set.of(DocumentId.CATEGORY, Billing.CONTEXT + "." + CommandRejected.AGGREGATE);

    @Override
    public Set<String> categories() {
        return CATEGORIES;
    }

    @Override
    public void apply(DSLContext transaction, List<Happened> events) {
        var documents = new TreeMap<UUID, IssuedDocumentRecord>();
        for (var happened : events) {
            switch (happened.event()) {
                case DocumentEvent event -> add(event, documents);
                case CommandRejected _ -> {}
                default -> throw new IllegalArgumentException(happened.event().getClass() + " is no event of billing");
            }
        }
        upsert(
                transaction,
                List.of(ISSUED_DOCUMENT.DOCUMENT_ID),
                documents.values(),
                List.of(
                        ISSUED_DOCUMENT.CUSTOMER_ID,
                        ISSUED_DOCUMENT.CURRENCY,
                        ISSUED_DOCUMENT.TOTAL_AMOUNT,
                        ISSUED_DOCUMENT.VOIDED,
                        ISSUED_DOCUMENT.PROCESS_ID),
                List.of());
    }

    private static void add(DocumentEvent event, SortedMap<UUID, IssuedDocumentRecord> documents) {
        switch (event) {
            case DocumentIssued(var id, var customer, var amount) -> {
                var row = document(id, documents);
                row.setCustomerId(customer.value());
                row.setCurrency(amount.getCurrencyUnit().getCode());
                row.setTotalAmount(amount.getAmount());
            }
            case DocumentVoidingRequested(var id, var _, var process) ->
                document(id, documents).setProcessId(process.value());
            case DocumentVoided(var id, var _) -> document(id, documents).setVoided(true);
            case DocumentVoidingAborted _, DocumentVoidingFailureAcknowledged _ -> {}
        }
    }

    private static IssuedDocumentRecord document(DocumentId id, SortedMap<UUID, IssuedDocumentRecord> documents) {
        var row = documents.computeIfAbsent(id.value(), _ -> new IssuedDocumentRecord());
        row.setDocumentId(id.value());
        return row;
    }
}
