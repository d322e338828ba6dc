package dev.quadrille.projections.billing;

import static dev.quadrille.projections.generated.Tables.DOCUMENT;
import static dev.quadrille.queries.ReadTables.is;
import static org.jooq.impl.DSL.noCondition;

import dev.quadrille.grpc.WireMoney;
import dev.quadrille.postgres.Database;
import dev.quadrille.projections.generated.tables.records.DocumentRecord;
import dev.quadrille.proto.billing.v1.Document;
import dev.quadrille.proto.billing.v1.GetDocumentRequest;
import dev.quadrille.proto.billing.v1.GetDocumentResponse;
import dev.quadrille.proto.billing.v1.ListDocumentsRequest;
import dev.quadrille.proto.billing.v1.ListDocumentsResponse;
import dev.quadrille.proto.billing.v1.QueryServiceGrpc.QueryServiceImplBase;
import dev.quadrille.queries.Freshness;
import dev.quadrille.queries.ReadTables;
import dev.quadrille.queries.Watches;
import io.grpc.stub.StreamObserver;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Shows the table of {@link BillingView}. Sees only requests that keep the rules of their proto. */
public final class BillingQueries extends QueryServiceImplBase {

    private final ReadTables tables;

    public BillingQueries(Database database, Freshness freshness, Watches watches) {
        this.tables = new ReadTables(database, freshness, watches, BillingView.CATEGORIES);
    }

    @Override
    public void getDocument(GetDocumentRequest request, StreamObserver<GetDocumentResponse> responses) {
        tables.answer(
                responses,
                request.getConsistencyToken(),
                () -> GetDocumentResponse.newBuilder()
                        .setDocument(shown(tables.one(DOCUMENT.DOCUMENT_ID, request.getDocumentId(), noCondition())))
                        .build());
    }

    @Override
    public void listDocuments(ListDocumentsRequest request, StreamObserver<ListDocumentsResponse> responses) {
        tables.answer(responses, request.getConsistencyToken(), () -> {
            var page = tables.page(request, DOCUMENT.DOCUMENT_ID, is(DOCUMENT.CUSTOMER_ID, request.getCustomerId()));
            return ListDocumentsResponse.newBuilder()
                    .addAllDocuments(page.as(BillingQueries::shown))
                    .setNextPageToken(page.nextToken())
                    .build();
        });
    }

    private static Document shown(DocumentRecord row) {
        var document = Document.newBuilder()
                .setDocumentId(row.getDocumentId().toString())
                .setCustomerId(row.getCustomerId().toString())
                .setTotalAmount(WireMoney.toWire(Money.of(CurrencyUnit.of(row.getCurrency()), row.getTotalAmount())))
                .setVoided(row.getVoided())
                .setProcessState(row.getProcessState());
        if (row.getProcessId() != null) {
            document.setProcessId(row.getProcessId().toString());
        }
        return document.build();
    }
}
