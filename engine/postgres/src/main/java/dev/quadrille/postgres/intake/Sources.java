package dev.quadrille.postgres.intake;

import static dev.quadrille.postgres.Texts.storable;
import static dev.quadrille.postgres.generated.Tables.SOURCE;
import static dev.quadrille.postgres.generated.Tables.WAITING;
import static java.util.Objects.requireNonNull;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.select;

import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.UnreadableMessage;
import dev.quadrille.postgres.Given;
import dev.quadrille.postgres.generated.tables.records.SourceRecord;
import dev.quadrille.postgres.generated.tables.records.WaitingRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Result;

/**
 * How far each stream has been taken in (P5). Lets every event through once and in the order of its stream, also when
 * several transactions take in the same stream at once: one that was let through before is skipped, and one whose
 * predecessors have not come waits for them in a table.
 */
final class Sources {

    /** Takes the place of an event that was discarded. The bus can't bring it: events have types. */
    private static final Message NOTHING = new Message("", "");

    private final Codec codec;

    Sources(Codec codec) {
        this.codec = codec;
    }

    /**
     * Moves the sources on. Called first in a transaction, and once; it holds the sources' rows, locked in the order of
     * their names, until the transaction ends.
     *
     * @return what the transaction has to apply: the events of each stream in order, those that waited among them
     * @throws UnreadableMessage if an event can't be read; one that is skipped is not
     */
    List<Happened> admit(DSLContext transaction, List<EventEnvelope> batch) {
        return admit(transaction, byStream(batch));
    }

    /** Likewise, with nothing in the place of this event. */
    List<Happened> pass(DSLContext transaction, EventEnvelope discarded) {
        var nothing = new EventEnvelope(
                discarded.id(),
                discarded.stream(),
                discarded.version(),
                discarded.recordedAt(),
                discarded.lineage(),
                NOTHING);
        return admit(
                transaction,
                Map.of(discarded.stream().toString(), new TreeMap<>(Map.of(discarded.version(), nothing))));
    }

    private List<Happened> admit(DSLContext transaction, Map<String, NavigableMap<Long, EventEnvelope>> pending) {
        var due = new ArrayList<Happened>();
        var sources = lock(transaction, pending.keySet().toArray(String[]::new));
        for (var source : sources) {
            advance(source, of(source.getStream(), pending), due);
        }
        // Those that wait can follow only where something has just come before them.
        sources.removeIf(source -> !source.touched());
        if (sources.isNotEmpty()) {
            for (var waited : takeWaiting(transaction, sources)) {
                of(waited.getStream(), pending).put(waited.getVersion(), event(waited));
            }
            for (var source : sources) {
                advance(source, of(source.getStream(), pending), due);
            }
            move(transaction, sources);
        }
        keepWaiting(transaction, pending);
        return due;
    }

    private static Map<String, NavigableMap<Long, EventEnvelope>> byStream(List<EventEnvelope> batch) {
        var streams = new HashMap<String, NavigableMap<Long, EventEnvelope>>();
        for (var event : batch) {
            if (event.message().type().isEmpty()) {
                throw new UnreadableMessage("The event " + event.id() + " has no type");
            }
            streams.computeIfAbsent(event.stream().toString(), _ -> new TreeMap<>())
                    .put(event.version(), event);
        }
        return streams;
    }

    /** Also a source that is new, so that an early event and its predecessor can't miss each other. */
    private static Result<SourceRecord> lock(DSLContext transaction, String[] streams) {
        var rows = transaction.newResult(SOURCE);
        for (var stream : streams) {
            rows.add(new SourceRecord(stream, 0L));
        }
        transaction
                .insertInto(SOURCE, SOURCE.STREAM, SOURCE.VERSION)
                .select(select(Given.value(SOURCE.STREAM), Given.value(SOURCE.VERSION))
                        .from(Given.table(rows))
                        .orderBy(Given.value(SOURCE.STREAM).collate("C")))
                .onConflictDoNothing()
                .execute();
        return transaction
                .selectFrom(SOURCE)
                .where(SOURCE.STREAM.eq(any(streams)))
                .orderBy(SOURCE.STREAM)
                .forUpdate()
                .fetch();
    }

    private static NavigableMap<Long, EventEnvelope> of(
            String stream, Map<String, NavigableMap<Long, EventEnvelope>> pending) {
        return requireNonNull(pending.get(stream), stream);
    }

    /** Takes out what is due, and what was let through before. */
    private void advance(SourceRecord source, NavigableMap<Long, EventEnvelope> events, List<Happened> due) {
        events.headMap(source.getVersion(), true).clear();
        var next = events.firstEntry();
        while (next != null && next.getKey() == source.getVersion() + 1) {
            read(next.getValue()).ifPresent(due::add);
            events.remove(next.getKey());
            source.setVersion(next.getKey());
            next = events.firstEntry();
        }
    }

    private Optional<Happened> read(EventEnvelope event) {
        return event.message().equals(NOTHING)
                ? Optional.empty()
                : Optional.of(new Happened(event, codec.decode(event.message())));
    }

    private static Result<WaitingRecord> takeWaiting(DSLContext transaction, Result<SourceRecord> sources) {
        return transaction
                .deleteFrom(WAITING)
                .where(WAITING.STREAM.eq(any(sources.intoArray(SOURCE.STREAM))))
                .returning()
                .fetch();
    }

    private static void move(DSLContext transaction, Result<SourceRecord> sources) {
        transaction
                .update(SOURCE)
                .set(SOURCE.VERSION, Given.value(SOURCE.VERSION))
                .from(Given.table(sources))
                .where(SOURCE.STREAM.eq(Given.value(SOURCE.STREAM)))
                .execute();
    }

    private void keepWaiting(DSLContext transaction, Map<String, NavigableMap<Long, EventEnvelope>> early) {
        var rows = transaction.newResult(WAITING);
        for (var events : early.values()) {
            for (var event : events.values()) {
                read(event);
                rows.add(row(event));
            }
        }
        if (rows.isNotEmpty()) {
            transaction
                    .insertInto(WAITING, rows.fields())
                    .select(select(Stream.of(rows.fields()).map(Given::value).toList())
                            .from(Given.table(rows)))
                    .onConflictDoNothing()
                    .execute();
        }
    }

    private static WaitingRecord row(EventEnvelope event) {
        var row = new WaitingRecord();
        row.setStream(event.stream().toString());
        row.setVersion(event.version());
        row.setType(event.message().type());
        row.setBody(event.message().body());
        row.setId(event.id());
        row.setRecordedAt(event.recordedAt());
        row.setCorrelationId(event.lineage().correlationId());
        row.setCausationId(event.lineage().causationId());
        row.setTraceparent(storable(event.lineage().traceparent()));
        return row;
    }

    private static EventEnvelope event(WaitingRecord row) {
        return new EventEnvelope(
                row.getId(),
                StreamId.parse(row.getStream()),
                row.getVersion(),
                row.getRecordedAt(),
                new Lineage(row.getCorrelationId(), row.getCausationId(), row.getTraceparent()),
                new Message(row.getType(), row.getBody()));
    }
}
