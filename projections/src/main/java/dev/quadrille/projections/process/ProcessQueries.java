package dev.quadrille.projections.process;

import static dev.quadrille.projections.generated.Tables.PROCESS;
import static dev.quadrille.projections.generated.Tables.PROCESS_STEP;
import static dev.quadrille.queries.ReadTables.is;
import static dev.quadrille.queries.Times.timestamp;
import static java.util.stream.Collectors.toSet;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.quadrille.kernel.Parking;
import dev.quadrille.kernel.Parking.Parked;
import dev.quadrille.postgres.Database;
import dev.quadrille.projections.generated.tables.records.ProcessRecord;
import dev.quadrille.proto.process.v1.GetProcessRequest;
import dev.quadrille.proto.process.v1.GetProcessResponse;
import dev.quadrille.proto.process.v1.ListProcessesRequest;
import dev.quadrille.proto.process.v1.ListProcessesResponse;
import dev.quadrille.proto.process.v1.Process;
import dev.quadrille.proto.process.v1.ProcessStep;
import dev.quadrille.proto.process.v1.QueryServiceGrpc.QueryServiceImplBase;
import dev.quadrille.proto.process.v1.WatchProcessesRequest;
import dev.quadrille.proto.process.v1.WatchProcessesResponse;
import dev.quadrille.queries.Freshness;
import dev.quadrille.queries.ReadTables;
import dev.quadrille.queries.Watches;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * Shows the tables of {@link ProcessView}, and of each process whether a message of it is parked. Sees only requests that keep
 * the rules of their proto.
 */
public final class ProcessQueries extends QueryServiceImplBase {

    private static final Condition NEEDS_ATTENTION = not(condition(PROCESS.ENDED))
            .and(condition(PROCESS.OVERDUE).or(condition(PROCESS.FAILED)).or(PROCESS.STUCK_BECAUSE.ne("")));

    private final Database database;
    private final ReadTables tables;
    private final Parking parking;

    /**
     * Answers from these tables.
     *
     * @param parking where the domain parks
     */
    public ProcessQueries(Database database, Freshness freshness, Watches watches, Parking parking) {
        this.database = database;
        this.tables = new ReadTables(database, freshness, watches, ProcessView.CATEGORIES);
        this.parking = parking;
    }

    @Override
    public void getProcess(GetProcessRequest request, StreamObserver<GetProcessResponse> responses) {
        tables.answer(responses, request.getConsistencyToken(), () -> {
            var row = tables.one(PROCESS.PROCESS_ID, request.getProcessId(), noCondition());
            return GetProcessResponse.newBuilder()
                    .setProcess(shown(List.of(row)).getFirst())
                    .addAllHistory(history(row.getProcessId()))
                    .build();
        });
    }

    private List<ProcessStep> history(UUID process) {
        return database
                .run(jooq -> jooq.selectFrom(PROCESS_STEP)
                        .where(PROCESS_STEP.PROCESS_ID.eq(process))
                        .orderBy(PROCESS_STEP.PLACE)
                        .fetch(PROCESS_STEP.STEP))
                .stream()
                .map(ProcessQueries::step)
                .toList();
    }

    private static ProcessStep step(byte[] written) {
        try {
            return ProcessStep.parseFrom(written);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A step in the read tables is none", e);
        }
    }

    @Override
    public void listProcesses(ListProcessesRequest request, StreamObserver<ListProcessesResponse> responses) {
        tables.answer(responses, request.getConsistencyToken(), () -> {
            var page = tables.page(
                    request,
                    PROCESS.PROCESS_ID,
                    those(
                            request.getType(),
                            request.getState(),
                            request.getCorrelationId(),
                            request.getSubject(),
                            request.getNeedsAttention()));
            return ListProcessesResponse.newBuilder()
                    .addAllProcesses(shown(page.rows()))
                    .setNextPageToken(page.nextToken())
                    .build();
        });
    }

    @Override
    public void watchProcesses(WatchProcessesRequest request, StreamObserver<WatchProcessesResponse> responses) {
        tables.watch(
                responses,
                request.getConsistencyToken(),
                PROCESS.PROCESS_ID,
                those(
                        request.getType(),
                        request.getState(),
                        request.getCorrelationId(),
                        request.getSubject(),
                        request.getNeedsAttention()),
                row -> WatchProcessesResponse.newBuilder()
                        .setProcess(shown(List.of(row)).getFirst())
                        .build());
    }

    private static Condition those(
            String type, String state, String correlationId, String subject, boolean needsAttention) {
        return text(PROCESS.TYPE, type)
                .and(text(PROCESS.STATE, state))
                .and(is(PROCESS.CORRELATION_ID, correlationId))
                .and(text(PROCESS.SUBJECT, subject))
                .and(needsAttention ? NEEDS_ATTENTION : noCondition());
    }

    /** Empty: any. */
    private static Condition text(Field<String> column, String wanted) {
        return wanted.isEmpty() ? noCondition() : column.eq(wanted);
    }

    private List<Process> shown(List<ProcessRecord> rows) {
        var running = rows.stream()
                .filter(row -> !row.getEnded())
                .map(row -> row.getCorrelationId().toString())
                .collect(toSet());
        var parked = running.isEmpty() ? Map.<String, Parked>of() : parking.firstOf(Set.copyOf(running));
        return rows.stream()
                .map(row -> shown(row, parked.get(row.getCorrelationId().toString())))
                .toList();
    }

    private static Process shown(ProcessRecord row, @Nullable Parked parked) {
        return Process.newBuilder()
                .setProcessId(row.getProcessId().toString())
                .setType(row.getType())
                .setState(row.getState())
                .setOverdue(row.getOverdue())
                .setFailed(row.getFailed())
                .setSubject(row.getSubject())
                .setCorrelationId(row.getCorrelationId().toString())
                .setWaitingFor(row.getWaitingFor())
                .setStuckBecause(parked == null ? row.getStuckBecause() : because(parked))
                .setBeganAt(timestamp(row.getBeganAt()))
                .setChangedAt(timestamp(row.getSteppedAt()))
                .setEnded(row.getEnded())
                .build();
    }

    private static String because(Parked parked) {
        return "%s is parked as %s by %s: %s"
                .formatted(
                        parked.type().isEmpty() ? "A message" : parked.type(),
                        parked.id(),
                        parked.consumer(),
                        parked.failure().reason());
    }
}
