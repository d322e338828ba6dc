package org.example.lending.service;

import static dev.quadrille.queries.ReadTables.is;
import static org.example.lending.generated.Tables.COPY;
import static org.jooq.impl.DSL.noCondition;

import dev.quadrille.postgres.Database;
import dev.quadrille.queries.Freshness;
import dev.quadrille.queries.ReadTables;
import dev.quadrille.queries.Watches;
import io.grpc.stub.StreamObserver;
import org.example.lending.generated.tables.records.CopyRecord;
import org.example.lending.proto.v1.Copy;
import org.example.lending.proto.v1.CopyStatus;
import org.example.lending.proto.v1.GetCopyRequest;
import org.example.lending.proto.v1.GetCopyResponse;
import org.example.lending.proto.v1.ListCopiesRequest;
import org.example.lending.proto.v1.ListCopiesResponse;
import org.example.lending.proto.v1.QueryServiceGrpc.QueryServiceImplBase;
import org.example.lending.proto.v1.WatchCopiesRequest;
import org.example.lending.proto.v1.WatchCopiesResponse;
import org.jooq.Condition;

/** Shows the table of {@link CopiesView}. Sees only requests that keep the rules of their proto. */
final class QueryCalls extends QueryServiceImplBase {

    private final ReadTables tables;

    QueryCalls(Database database, Freshness freshness, Watches watches) {
        this.tables = new ReadTables(database, freshness, watches, CopiesView.CATEGORIES);
    }

    @Override
    public void getCopy(GetCopyRequest request, StreamObserver<GetCopyResponse> responses) {
        tables.answer(
                responses,
                request.getConsistencyToken(),
                () -> GetCopyResponse.newBuilder()
                        .setCopy(shown(tables.one(COPY.COPY_ID, request.getCopyId(), noCondition())))
                        .build());
    }

    @Override
    public void listCopies(ListCopiesRequest request, StreamObserver<ListCopiesResponse> responses) {
        tables.answer(responses, request.getConsistencyToken(), () -> {
            var page = tables.page(request, COPY.COPY_ID, those(request.getBookId(), request.getStatus()));
            return ListCopiesResponse.newBuilder()
                    .addAllCopies(page.as(QueryCalls::shown))
                    .setNextPageToken(page.nextToken())
                    .build();
        });
    }

    @Override
    public void watchCopies(WatchCopiesRequest request, StreamObserver<WatchCopiesResponse> responses) {
        tables.watch(
                responses,
                request.getConsistencyToken(),
                COPY.COPY_ID,
                those(request.getBookId(), request.getStatus()),
                row -> WatchCopiesResponse.newBuilder().setCopy(shown(row)).build());
    }

    private static Condition those(String bookId, CopyStatus status) {
        return is(COPY.BOOK_ID, bookId).and(is(COPY.STATUS, status));
    }

    private static Copy shown(CopyRecord row) {
        var status = CopyStatus.valueOf(row.getStatus());
        return Copy.newBuilder()
                .setCopyId(row.getCopyId().toString())
                .setBookId(row.getBookId().toString())
                .setTitle(row.getTitle())
                .setStatus(status)
                .setReaderId(
                        status == CopyStatus.COPY_STATUS_AVAILABLE
                                ? ""
                                : row.getReaderId().toString())
                .build();
    }
}
