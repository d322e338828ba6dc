package dev.quadrille.projections.audit;

import static dev.quadrille.queries.Times.timestamp;

import com.google.protobuf.Timestamp;
import dev.quadrille.domain.Installation;
import dev.quadrille.grpc.GrpcErrors;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Outcomes;
import dev.quadrille.kernel.Parking;
import dev.quadrille.kernel.process.ProcessId;
import dev.quadrille.postgres.PostgresAudit;
import dev.quadrille.postgres.PostgresAudit.Search;
import dev.quadrille.postgres.PostgresEventStore;
import dev.quadrille.postgres.PostgresOutcomes;
import dev.quadrille.proto.audit.v1.Event;
import dev.quadrille.proto.audit.v1.GetCausalTreeRequest;
import dev.quadrille.proto.audit.v1.GetCausalTreeResponse;
import dev.quadrille.proto.audit.v1.QueryServiceGrpc.QueryServiceImplBase;
import dev.quadrille.proto.audit.v1.ReadStreamRequest;
import dev.quadrille.proto.audit.v1.ReadStreamResponse;
import dev.quadrille.proto.audit.v1.SearchEventsRequest;
import dev.quadrille.proto.audit.v1.SearchEventsResponse;
import dev.quadrille.proto.audit.v1.StreamEvent;
import dev.quadrille.queries.Calls;
import dev.quadrille.queries.Page;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Tells what has happened, and why. Sees only requests that keep the rules of their proto. */
public final class AuditQueries extends QueryServiceImplBase {

    private static final int LONGEST_TEXT = 1 << 20;

    private final PostgresAudit audit;
    private final Streams streams;
    private final CausalTrees trees;

    /** An event that was searched for, and its position in the feed. */
    private record Found(long position, Event event) {}

    /**
     * Answers from the event store.
     *
     * @param eventStore connections that need only read
     * @param parkings wherever messages are parked
     */
    public AuditQueries(DataSource eventStore, Parking... parkings) {
        this(eventStore, new PostgresOutcomes(eventStore), parkings);
    }

    private AuditQueries(DataSource eventStore, Outcomes outcomes, Parking... parkings) {
        var codec = Installation.codec();
        this.audit = new PostgresAudit(eventStore);
        this.streams = new Streams(
                new PostgresEventStore(eventStore), codec, Installation.aggregates(), Installation.PROCESS_MANAGERS);
        this.trees = new CausalTrees(audit, outcomes, List.of(parkings), codec);
    }

    @Override
    public void readStream(ReadStreamRequest request, StreamObserver<ReadStreamResponse> responses) {
        Calls.answer(responses, () -> {
            var page = Page.ofLong(
                    request,
                    shown -> new UUID(0, shown.getEvent().getVersion()),
                    StreamEvent::getSerializedSize,
                    (after, limit) -> {
                        var behind = after.map(UUID::getLeastSignificantBits).orElse(0L);
                        return stream(
                                request.getStream(),
                                Math.max(Math.max(1, request.getFromVersion()), behind + 1),
                                limit);
                    });
            return ReadStreamResponse.newBuilder()
                    .addAllEvents(page.rows())
                    .setNextPageToken(page.nextToken())
                    .build();
        });
    }

    private Stream<StreamEvent> stream(String stream, long first, int limit) {
        var last = Math.min(first, Long.MAX_VALUE - limit) + limit - 1;
        var events = audit.stream(stream, last);
        if (events.isEmpty()) {
            throw GrpcErrors.notFound("STREAM_NOT_FOUND", "There is no stream " + stream);
        }
        return streams.shown(events, first);
    }

    @Override
    public void searchEvents(SearchEventsRequest request, StreamObserver<SearchEventsResponse> responses) {
        Calls.answer(responses, () -> {
            var search = new Search(
                    request.getType(),
                    request.getStream(),
                    request.getCategory(),
                    request.getCorrelationId().isEmpty() ? null : UUID.fromString(request.getCorrelationId()),
                    request.hasRecordedFrom() ? instant(request.getRecordedFrom()) : null,
                    request.hasRecordedUntil() ? instant(request.getRecordedUntil()) : null);
            var page =
                    Page.ofLong(
                            request,
                            found -> new UUID(0, found.position()),
                            found -> found.event().getSerializedSize(),
                            (after, limit) -> audit
                                    .newest(
                                            search,
                                            after.map(UUID::getLeastSignificantBits)
                                                    .orElse(Long.MAX_VALUE),
                                            limit)
                                    .stream()
                                    .map(entry -> new Found(entry.position(), shown(entry.event()))));
            return SearchEventsResponse.newBuilder()
                    .addAllEvents(page.as(Found::event))
                    .setNextPageToken(page.nextToken())
                    .build();
        });
    }

    @Override
    public void getCausalTree(GetCausalTreeRequest request, StreamObserver<GetCausalTreeResponse> responses) {
        Calls.answer(
                responses,
                () -> trees.of(audit.correlationOf(UUID.fromString(request.getId()), ProcessId.CATEGORY)
                        .orElseThrow(() -> GrpcErrors.notFound(
                                "ID_NOT_FOUND",
                                "No event and no process has the id " + request.getId()
                                        + ", and no command that is decided or parked"))));
    }

    static Event shown(EventEnvelope event) {
        return Event.newBuilder()
                .setEventId(event.id().toString())
                .setStream(event.stream().toString())
                .setVersion(event.version())
                .setType(event.message().type())
                .setRecordedAt(timestamp(event.recordedAt()))
                .setCorrelationId(event.lineage().correlationId().toString())
                .setCausationId(event.lineage().causationId().toString())
                .setPayload(unlessTooLong(event.message().body()))
                .build();
    }

    /** Empty instead of a text that would make a page longer than a client takes. */
    static String unlessTooLong(String text) {
        return text.length() > LONGEST_TEXT ? "" : text;
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
