package dev.quadrille.projections.process;

import static dev.quadrille.postgres.Texts.storable;
import static dev.quadrille.postgres.intake.Upsert.upsert;
import static dev.quadrille.projections.generated.Tables.PROCESS;
import static dev.quadrille.projections.generated.Tables.PROCESS_STEP;

import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.MessageTypes;
import dev.quadrille.kernel.process.ProcessId;
import dev.quadrille.kernel.process.ProcessStepTaken;
import dev.quadrille.postgres.intake.Happened;
import dev.quadrille.postgres.intake.View;
import dev.quadrille.projections.generated.tables.records.ProcessRecord;
import dev.quadrille.projections.generated.tables.records.ProcessStepRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;

/** The tables of processes: all of a row is of one process's stream. */
public final class ProcessView implements View {

    static final Set<String> CATEGORIES = Set.of(ProcessId.CATEGORY);

    private final ShownSteps steps;

    /**
     * Shows the steps of processes.
     *
     * @param types how commands and deadlines are named
     */
    public ProcessView(MessageTypes types) {
        this.steps = new ShownSteps(types);
    }

    @Override
    public Set<String> categories() {
        return CATEGORIES;
    }

    @Override
    public void apply(DSLContext transaction, List<Happened> events) {
        var processes = new TreeMap<UUID, ProcessRecord>();
        var taken = new ArrayList<ProcessStepRecord>();
        for (var happened : events) {
            if (!(happened.event() instanceof ProcessStepTaken step)) {
                throw new IllegalArgumentException(happened.event().getClass() + " is no event of a process");
            }
            add(
                    step,
                    happened.envelope(),
                    processes.computeIfAbsent(step.processId().value(), _ -> new ProcessRecord()));
            taken.add(new ProcessStepRecord(
                    step.processId().value(),
                    happened.envelope().version(),
                    steps.shown(step, happened.envelope()).toByteArray()));
        }
        upsert(
                transaction,
                List.of(PROCESS.PROCESS_ID),
                processes.values(),
                List.of(
                        PROCESS.TYPE,
                        PROCESS.STATE,
                        PROCESS.OVERDUE,
                        PROCESS.FAILED,
                        PROCESS.SUBJECT,
                        PROCESS.CORRELATION_ID,
                        PROCESS.WAITING_FOR,
                        PROCESS.STUCK_BECAUSE,
                        PROCESS.BEGAN_AT,
                        PROCESS.STEPPED_AT,
                        PROCESS.ENDED),
                List.of());
        upsert(
                transaction,
                List.of(PROCESS_STEP.PROCESS_ID, PROCESS_STEP.PLACE),
                taken,
                List.of(PROCESS_STEP.STEP),
                List.of());
    }

    private static void add(ProcessStepTaken step, EventEnvelope envelope, ProcessRecord row) {
        var status = step.status();
        row.setProcessId(step.processId().value());
        row.setType(storable(step.type()));
        row.setState(storable(status.state()));
        row.setOverdue(status.overdue());
        row.setFailed(status.failed());
        row.setSubject(storable(status.subject()));
        row.setCorrelationId(envelope.lineage().correlationId());
        row.setWaitingFor(storable(status.waitingFor()));
        row.setStuckBecause(storable(status.stuckBecause()));
        if (envelope.version() == 1) {
            row.setBeganAt(envelope.recordedAt());
        }
        row.setSteppedAt(envelope.recordedAt());
        row.setEnded(step.ended());
    }
}
