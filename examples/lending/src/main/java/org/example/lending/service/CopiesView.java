package org.example.lending.service;

import static dev.quadrille.postgres.Texts.storable;
import static dev.quadrille.postgres.intake.Upsert.upsert;
import static org.example.lending.generated.Tables.COPY;

import dev.quadrille.postgres.intake.Happened;
import dev.quadrille.postgres.intake.View;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.example.lending.copy.CopyEvent;
import org.example.lending.copy.CopyEvent.CopyLent;
import org.example.lending.copy.CopyEvent.CopyRecalled;
import org.example.lending.copy.CopyEvent.CopyRegistered;
import org.example.lending.copy.CopyEvent.CopyReserved;
import org.example.lending.copy.CopyEvent.CopyReturned;
import org.example.lending.copy.CopyId;
import org.example.lending.generated.tables.records.CopyRecord;
import org.example.lending.proto.v1.CopyStatus;
import org.jooq.DSLContext;

/** The table of copies: a row is of one copy's stream. */
final class CopiesView implements View {

    static final Set<String> CATEGORIES = Set.of(CopyId.CATEGORY);

    @Override
    public Set<String> categories() {
        return CATEGORIES;
    }

    /** Adds up what the events say of each copy, and writes the rows in the order of their ids. */
    @Override
    public void apply(DSLContext transaction, List<Happened> events) {
        var rows = new TreeMap<UUID, CopyRecord>();
        events.forEach(happened -> add(rows, (CopyEvent) happened.event()));
        upsert(
                transaction,
                List.of(COPY.COPY_ID),
                rows.values(),
                List.of(COPY.BOOK_ID, COPY.TITLE, COPY.STATUS, COPY.READER_ID),
                List.of());
    }

    private static void add(SortedMap<UUID, CopyRecord> rows, CopyEvent event) {
        var row = rows.computeIfAbsent(event.copyId().value(), _ -> new CopyRecord());
        row.setCopyId(event.copyId().value());
        row.setStatus(status(event).name());
        switch (event) {
            case CopyRegistered registered -> {
                row.setBookId(registered.bookId().value());
                row.setTitle(storable(registered.title()));
            }
            case CopyLent lent -> row.setReaderId(lent.readerId().value());
            case CopyReserved reserved -> row.setReaderId(reserved.readerId().value());
            case CopyReturned _, CopyRecalled _ -> {}
        }
    }

    private static CopyStatus status(CopyEvent event) {
        return switch (event) {
            case CopyRegistered _, CopyReturned _ -> CopyStatus.COPY_STATUS_AVAILABLE;
            case CopyLent _ -> CopyStatus.COPY_STATUS_LENT;
            case CopyReserved _ -> CopyStatus.COPY_STATUS_RESERVED;
            case CopyRecalled _ -> CopyStatus.COPY_STATUS_RECALLED;
        };
    }
}
