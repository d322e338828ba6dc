package dev.quadrille.postgres;

import static dev.quadrille.postgres.Texts.storable;
import static dev.quadrille.postgres.generated.Tables.EVENT;

import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.Outcome;
import dev.quadrille.kernel.Rejection;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.kernel.StreamVersion;
import dev.quadrille.postgres.generated.tables.records.EventRecord;
import dev.quadrille.postgres.generated.tables.records.OutcomeRecord;
import org.jooq.Record;

/** Events and outcomes as rows, and back. */
final class Rows {

    private Rows() {}

    static EventRecord row(EventEnvelope event) {
        var row = new EventRecord();
        row.setId(event.id());
        row.setStream(event.stream().toString());
        row.setVersion(event.version());
        row.setType(event.message().type());
        row.setBody(event.message().body());
        row.setRecordedAt(event.recordedAt());
        row.setCorrelationId(event.lineage().correlationId());
        row.setCausationId(event.lineage().causationId());
        row.setTraceparent(event.lineage().traceparent());
        return row;
    }

    static EventEnvelope event(Record row) {
        return new EventEnvelope(
                row.get(EVENT.ID),
                StreamId.parse(row.get(EVENT.STREAM)),
                row.get(EVENT.VERSION),
                row.get(EVENT.RECORDED_AT),
                new Lineage(row.get(EVENT.CORRELATION_ID), row.get(EVENT.CAUSATION_ID), row.get(EVENT.TRACEPARENT)),
                new Message(row.get(EVENT.TYPE), row.get(EVENT.BODY)));
    }

    static OutcomeRecord row(Outcome outcome) {
        var row = new OutcomeRecord();
        row.setCommandId(outcome.commandId());
        row.setRequestId(outcome.requestId());
        row.setType(outcome.type() == null ? null : storable(outcome.type()));
        row.setCorrelationId(outcome.correlationId());
        row.setDecidedAt(outcome.decidedAt());
        switch (outcome.verdict()) {
            case Outcome.Accepted(var reached, var events) -> {
                setStanding(row, reached);
                row.setEvents(events);
            }
            case Outcome.Rejected(var rejection, var recorded) -> {
                setStanding(row, recorded);
                row.setReason(rejection.reason());
                row.setMessage(rejection.message());
            }
        }
        return row;
    }

    private static void setStanding(OutcomeRecord row, StreamVersion standing) {
        row.setStream(standing.stream().toString());
        row.setVersion(standing.version());
    }

    static Outcome outcome(OutcomeRecord row) {
        var standing = new StreamVersion(StreamId.parse(row.getStream()), row.getVersion());
        var verdict = row.getReason() == null
                ? new Outcome.Accepted(standing, row.getEvents())
                : new Outcome.Rejected(new Rejection(row.getReason(), row.getMessage()), standing);
        return new Outcome(
                row.getCommandId(),
                row.getRequestId(),
                row.getType(),
                row.getCorrelationId(),
                row.getDecidedAt(),
                verdict);
    }
}
