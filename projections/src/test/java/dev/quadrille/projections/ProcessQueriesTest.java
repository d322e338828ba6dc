package dev.quadrille.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.EventRef;
import dev.quadrille.kernel.Parking.Failure;
import dev.quadrille.kernel.Parking.Parked;
import dev.quadrille.kernel.process.Effect.Schedule;
import dev.quadrille.kernel.process.Input;
import dev.quadrille.kernel.process.Input.Acknowledged;
import dev.quadrille.kernel.process.Input.DeadlineReached;
import dev.quadrille.kernel.process.Input.Happened;
import dev.quadrille.kernel.process.ProcessId;
import dev.quadrille.kernel.process.ProcessStepTaken;
import dev.quadrille.kernel.process.Status;
import dev.quadrille.postgres.TestDatabase;
import dev.quadrille.proto.billing.v1.GetDocumentRequest;
import dev.quadrille.proto.process.v1.GetProcessRequest;
import dev.quadrille.proto.process.v1.GetProcessResponse;
import dev.quadrille.proto.process.v1.ListProcessesRequest;
import dev.quadrille.proto.process.v1.Process;
import dev.quadrille.proto.process.v1.ProcessInputKind;
import dev.quadrille.proto.process.v1.ProcessStep;
import dev.quadrille.proto.process.v1.QueryServiceGrpc;
import dev.quadrille.proto.process.v1.ScheduledDeadline;
import dev.quadrille.voiding.AnswerOverdue;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.quadrille.projections.QuerySide#databases")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProcessQueriesTest {

    private static final Acknowledged ACKNOWLEDGED = new Acknowledged();

    @AutoClose
    private final QuerySide side;

    private final Paperwork paper = new Paperwork();
    private final ProcessId id = new ProcessId(paper.process.value());
    private final AnswerOverdue overdue = new AnswerOverdue(paper.document);
    private final String subject = paper.document.stream().toString();

    ProcessQueriesTest(TestDatabase tables) {
        side = new QuerySide(tables.cleared());
    }

    @Test
    void P7_a_process_is_shown_as_its_last_step_left_it_with_every_step() {
        var late = new DeadlineReached(1, 0, overdue, Instant.parse("2026-02-28T12:00:30Z"));
        var steps = taken(
                step(requested(), Status.of("VoidingRequested", subject).waiting("Reports"), false),
                step(
                        late,
                        Status.of("VoidingRequested", subject)
                                .waiting("Reports")
                                .late(true),
                        false),
                step(ACKNOWLEDGED, Status.of("FailureAcknowledged", subject), true));
        side.project(steps.subList(0, 2));
        assertThat(get().getProcess())
                .extracting(Process::getState, Process::getWaitingFor, Process::getOverdue, Process::getEnded)
                .containsExactly("VoidingRequested", "Reports", true, false);

        side.project(steps.subList(2, 3));

        var shown = get();
        assertThat(shown.getProcess())
                .extracting(Process::getType, Process::getState, Process::getOverdue, Process::getEnded)
                .containsExactly("document-voiding", "FailureAcknowledged", false, true);
        assertThat(shown.getProcess().getSubject()).isEqualTo(subject);
        assertThat(shown.getProcess().getCorrelationId())
                .isEqualTo(steps.getLast().lineage().correlationId().toString());
        assertThat(shown.getProcess().getBeganAt().getSeconds())
                .isEqualTo(steps.getFirst().recordedAt().getEpochSecond());
        assertThat(shown.getHistoryList())
                .extracting(step -> step.getInput().getKind())
                .containsExactly(
                        ProcessInputKind.PROCESS_INPUT_KIND_EVENT,
                        ProcessInputKind.PROCESS_INPUT_KIND_DEADLINE,
                        ProcessInputKind.PROCESS_INPUT_KIND_ACKNOWLEDGEMENT);
        assertThat(shown.getHistoryList()).extracting(ProcessStep::getNumber).containsExactly(1L, 2L, 3L);
        assertThat(shown.getHistory(0).getDeadlinesList())
                .extracting(ScheduledDeadline::getType)
                .containsExactly("voiding.AnswerOverdue.v1");
    }

    @Test
    void P5_steps_that_come_again_or_early_change_nothing() {
        var steps = taken(
                step(requested(), Status.of("VoidingRequested", subject), false),
                step(ACKNOWLEDGED, Status.of("FailureAcknowledged", subject), true));
        side.project(steps.subList(1, 2));
        assertThat(catchThrowableOfType(StatusRuntimeException.class, this::get)
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.NOT_FOUND);

        side.project(steps.subList(0, 1));
        var once = get();
        side.project(steps);

        assertThat(get()).isEqualTo(once);
        assertThat(once.getHistoryList()).hasSize(2);
    }

    @Test
    void a_document_shows_the_state_of_its_process() {
        side.project(paper.ofDocument(paper.issued(), paper.requested(paper.process)));
        assertThat(state()).isEmpty();

        side.project(taken(step(requested(), Status.of("VoidingRequested", subject), false)));

        assertThat(state()).isEqualTo("VoidingRequested");
    }

    @Test
    void P7_one_that_can_t_go_on_says_why() {
        var steps =
                taken(step(requested(), Status.of("VoidingRequested", subject).stuck("Its mark is gone"), false));
        side.project(steps);
        assertThat(get().getProcess().getStuckBecause()).isEqualTo("Its mark is gone");
        assertThat(attention()).containsExactly(id.value().toString());

        var parked = new UUID(7, 7);
        side.parkedByDomain.park(new Parked(
                parked,
                "commands.process.3",
                "message",
                id.stream().toString(),
                "process.HandleEvent.v1",
                steps.getFirst().lineage().correlationId().toString(),
                new Failure(3, "No route to Reports", "stack", "fingerprint"),
                null,
                Map.of(),
                ByteBuffer.allocate(0),
                Instant.EPOCH));

        assertThat(get().getProcess().getStuckBecause())
                .isEqualTo("process.HandleEvent.v1 is parked as " + parked
                        + " by commands.process.3: No route to Reports");
    }

    @Test
    void P7_one_needs_attention_while_it_is_overdue_or_has_failed() {
        var running = Status.of("VoidingRequested", subject);
        for (var status : List.of(running.late(true), running.failing(), running.stuck("why"))) {
            side.project(taken(new ProcessId(UUID.randomUUID()), step(requested(), status, false)));
        }
        side.project(taken(step(requested(), running, false)));
        side.project(taken(new ProcessId(UUID.randomUUID()), step(requested(), running.failing(), true)));

        assertThat(attention()).hasSize(3).doesNotContain(id.value().toString());
    }

    private List<String> attention() {
        return queries()
                .listProcesses(ListProcessesRequest.newBuilder()
                        .setNeedsAttention(true)
                        .build())
                .getProcessesList()
                .stream()
                .map(Process::getProcessId)
                .toList();
    }

    private Happened requested() {
        return Happened.referringTo(
                new EventRef(UUID.randomUUID(), paper.document.stream(), 2), "billing.DocumentVoidingRequested.v1");
    }

    private ProcessStepTaken step(Input input, Status status, boolean ended) {
        var deadlines = input instanceof Happened
                ? List.of(Schedule.after(Duration.ofSeconds(30), overdue))
                : List.<Schedule>of();
        return new ProcessStepTaken(id, new UUID(9, 9), "document-voiding", input, List.of(), deadlines, ended, status);
    }

    private List<EventEnvelope> taken(ProcessStepTaken... steps) {
        return taken(id, steps);
    }

    private static List<EventEnvelope> taken(ProcessId process, ProcessStepTaken... steps) {
        return Story.stream(
                process.stream(),
                Stream.of(steps)
                        .map(step -> new ProcessStepTaken(
                                process,
                                step.process(),
                                step.type(),
                                step.input(),
                                step.commands(),
                                step.deadlines(),
                                step.ended(),
                                step.status()))
                        .toList());
    }

    private GetProcessResponse get() {
        return queries()
                .getProcess(GetProcessRequest.newBuilder()
                        .setProcessId(id.value().toString())
                        .build());
    }

    private QueryServiceGrpc.QueryServiceBlockingStub queries() {
        return QueryServiceGrpc.newBlockingStub(side.channel);
    }

    private String state() {
        return dev.quadrille.proto.billing.v1.QueryServiceGrpc.newBlockingStub(side.channel)
                .getDocument(GetDocumentRequest.newBuilder()
                        .setDocumentId(paper.document.value().toString())
                        .build())
                .getDocument()
                .getProcessState();
    }
}
