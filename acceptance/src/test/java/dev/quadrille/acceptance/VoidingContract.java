package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.Expected.assertRejected;
import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Duration;
import dev.quadrille.acceptance.support.Addresses;
import dev.quadrille.acceptance.support.AtOnce;
import dev.quadrille.acceptance.support.Paperwork;
import dev.quadrille.acceptance.support.Paperwork.Voiding;
import dev.quadrille.proto.billing.v1.Document;
import dev.quadrille.proto.billing.v1.ListDocumentsRequest;
import dev.quadrille.proto.command.v1.OutcomeStatus;
import dev.quadrille.proto.demo.v1.SetDemoRequest;
import dev.quadrille.proto.demo.v1.SetSlowDownRequest;
import dev.quadrille.proto.process.v1.IssuedCommand;
import dev.quadrille.proto.process.v1.ListProcessesRequest;
import dev.quadrille.proto.process.v1.Process;
import dev.quadrille.proto.process.v1.ProcessInput;
import dev.quadrille.proto.process.v1.ProcessInputKind;
import dev.quadrille.proto.process.v1.ProcessStep;
import dev.quadrille.proto.process.v1.WatchProcessesRequest;
import dev.quadrille.proto.reports.v1.Report;
import dev.quadrille.proto.reports.v1.ReportedDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Documents are voided, or not, and the processes that see to it can be seen: wherever Billing, Reports and the processes run, and
 * also if everything comes twice.
 */
abstract class VoidingContract {

    private static final int RACES = 200;

    @AutoClose
    private final Paperwork paper;

    private final UUID customer = UUID.randomUUID();

    VoidingContract(Addresses addresses) {
        paper = new Paperwork(addresses);
    }

    final Paperwork paper() {
        return paper;
    }

    @Test
    void P7_a_document_is_voided_and_every_step_can_be_seen() {
        var document = paper.reported(customer, eur(10));
        var other = paper.reported(customer, eur(5));

        var voiding = paper.voidDocument(document);

        var process = paper.processIn("DocumentVoided", voiding.process());
        assertThat(process)
                .isEqualTo(Process.newBuilder()
                        .setProcessId(voiding.process().toString())
                        .setType("document-voiding")
                        .setState("DocumentVoided")
                        .setSubject("billing.document/" + document)
                        .setCorrelationId(voiding.command().toString())
                        .setBeganAt(process.getBeganAt())
                        .setChangedAt(process.getChangedAt())
                        .setEnded(true)
                        .build());
        var history = untimed(voiding.process());
        assertThat(history)
                .extracting(step -> step.getInput().getType())
                .containsExactly(
                        "billing.DocumentVoidingRequested.v1",
                        "reports.MarkingDocumentAsVoidedSucceeded.v1",
                        "billing.DocumentVoided.v1");
        assertThat(history)
                .flatExtracting(ProcessStep::getCommandsList)
                .extracting(IssuedCommand::getType)
                .containsExactly("reports.MarkDocumentAsVoided.v1", "billing.CompleteDocumentVoiding.v1");
        assertThat(history.getFirst().getDeadlinesList())
                .singleElement()
                .satisfies(deadline -> assertThat(deadline.getScheduledFor().getSeconds())
                        .isGreaterThan(process.getBeganAt().getSeconds()));
        assertThat(history)
                .flatExtracting(ProcessStep::getCommandsList)
                .allSatisfy(command -> assertThat(paper.outcomeOf(UUID.fromString(command.getCommandId()))
                                .getStatus())
                        .isEqualTo(OutcomeStatus.OUTCOME_STATUS_ACCEPTED));
        eventually(() -> {
            assertThat(paper.document(document, ""))
                    .extracting(Document::getVoided, Document::getProcessState)
                    .containsExactly(true, "DocumentVoided");
            assertThat(report()).satisfies(report -> {
                assertThat(report.getDocumentsList())
                        .extracting(ReportedDocument::getDocumentId, ReportedDocument::getVoided)
                        .containsExactly(tuple(document.toString(), true), tuple(other.toString(), false));
                assertThat(report.getTotalsList()).containsExactly(eur(5).money());
            });
        });
    }

    @Test
    void P7_a_failure_stays_to_be_seen_until_it_is_acknowledged_and_then_a_new_voiding_may_begin() {
        var document = paper.reported(customer, eur(10));
        paper.outcomeOf(paper.publish(customer, UUID.fromString(report().getReportId())));

        var voiding = paper.voidDocument(document);
        var failed = paper.processIn("MarkingDocumentAsVoidedFailed", voiding.process());
        assertThat(failed.getFailed()).isTrue();
        assertThat(failed.getEnded()).isFalse();
        assertThat(attention(document)).containsExactly(voiding.process().toString());
        eventually(() -> {
            var inVain = paper.voidDocument(document);
            assertRejected(paper.outcomeOf(inVain.command()), inVain.command(), "FAILURE_NOT_ACKNOWLEDGED");
        });
        var retry = paper.retry(voiding.process());
        assertRejected(paper.outcomeOf(retry), retry, "NOTHING_TO_RETRY");

        paper.outcomeOf(paper.acknowledge(voiding.process()));

        paper.processIn("FailureAcknowledged", voiding.process());
        assertThat(attention(document)).isEmpty();
        eventually(
                () -> assertThat(paper.process(voiding.process()).getProcess().getEnded())
                        .isTrue());
        assertThat(untimed(voiding.process()))
                .extracting(ProcessStep::getInput)
                .extracting(ProcessInput::getKind)
                .containsExactly(
                        ProcessInputKind.PROCESS_INPUT_KIND_EVENT,
                        ProcessInputKind.PROCESS_INPUT_KIND_EVENT,
                        ProcessInputKind.PROCESS_INPUT_KIND_ACKNOWLEDGEMENT,
                        ProcessInputKind.PROCESS_INPUT_KIND_EVENT);
        assertThat(paper.document(document, "").getVoided()).isFalse();
        paper.processIn(
                "MarkingDocumentAsVoidedFailed", paper.voidAnew(document).process());
    }

    @Test
    void of_two_wishes_at_once_one_begins_a_process() throws Exception {
        var document = paper.reported(customer, eur(10));

        var wishes = AtOnce.all(
                List.<Callable<Voiding>>of(() -> paper.voidDocument(document), () -> paper.voidDocument(document)));

        var outcomes =
                wishes.stream().map(wish -> paper.outcomeOf(wish.command())).toList();
        eventually(() -> assertThat(paper.document(document, "").getVoided()).isTrue());
        // The slower one came while the document was being voided, or when it was void already.
        assertThat(processesOf(document)).hasSize(1);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.getWrittenCount() == 1)
                .hasSize(1);
    }

    @Test
    void a_voiding_and_a_publication_at_once_never_both_have_the_document_as_they_want() throws Exception {
        var customers = Stream.generate(UUID::randomUUID).limit(RACES).toList();
        var documents = AtOnce.each(customers, one -> paper.issue(one, eur(10)).document());
        var reports = new ArrayList<UUID>();
        for (var one : customers) {
            eventually(() -> assertThat(paper.reportsOf(one)).hasSize(1));
            reports.add(UUID.fromString(paper.reportsOf(one).getFirst().getReportId()));
        }
        var voidings = new ArrayList<Voiding>();
        for (var i = 0; i < RACES; i++) {
            var race = i;
            AtOnce.all(List.<Callable<UUID>>of(
                    () -> {
                        voidings.add(paper.voidDocument(documents.get(race)));
                        return documents.get(race);
                    },
                    () -> {
                        awaitVoiding(documents.get(race), race % 3);
                        return paper.publish(customers.get(race), reports.get(race));
                    }));
        }

        var voided = 0;
        for (var i = 0; i < RACES; i++) {
            var race = i;
            eventually(
                    () -> assertThat(paper.process(voidings.get(race).process()).getProcess())
                            .matches(process -> process.getEnded() || process.getFailed()));
            eventually(() -> {
                var report = paper.report(reports.get(race), "");
                assertThat(report.getPublished()).isTrue();
                assertThat(report.getDocuments(0).getVoided())
                        .isEqualTo(paper.document(documents.get(race), "").getVoided());
            });
            voided += paper.document(documents.get(race), "").getVoided() ? 1 : 0;
        }
        System.out.printf(
                "{\"races\": %d, \"voided\": %d, \"published as valid\": %d}%n", RACES, voided, RACES - voided);
    }

    /** Has the two collide in several places: when the wish is sent, when it is shown, and when the process has begun. */
    private void awaitVoiding(UUID document, int place) {
        switch (place) {
            case 0 -> {}
            case 1 ->
                eventually(() ->
                        assertThat(paper.document(document, "").getProcessId()).isNotEmpty());
            default ->
                eventually(() -> assertThat(paper.document(document, "").getProcessState())
                        .isNotEmpty());
        }
    }

    @Test
    void P7_processes_can_be_listed_by_what_they_are_and_watched() {
        var document = paper.reported(customer, eur(10));
        var watched = paper.processes()
                .watchProcesses(WatchProcessesRequest.newBuilder()
                        .setSubject("billing.document/" + document)
                        .build());

        var voiding = paper.voidDocument(document);

        var states = new ArrayList<String>();
        while (!states.contains("DocumentVoided")) {
            states.add(watched.next().getProcess().getState());
        }
        assertThat(states)
                .doesNotHaveDuplicates()
                .isSubsetOf("VoidingRequested", "MarkingDocumentAsVoidedSucceeded", "DocumentVoided");
        for (var request : List.of(
                ListProcessesRequest.newBuilder()
                        .setCorrelationId(voiding.command().toString()),
                ListProcessesRequest.newBuilder()
                        .setSubject("billing.document/" + document)
                        .setType("document-voiding")
                        .setState("DocumentVoided"))) {
            assertThat(paper.processes().listProcesses(request.build()).getProcessesList())
                    .extracting(Process::getProcessId)
                    .containsExactly(voiding.process().toString());
        }
        assertThat(paper.processes()
                        .listProcesses(ListProcessesRequest.newBuilder()
                                .setSubject("billing.document/" + document)
                                .setState("VoidingRequested")
                                .build())
                        .getProcessesList())
                .isEmpty();
    }

    @Test
    void a_process_that_is_not_there_can_be_neither_acknowledged_nor_retried() {
        var acknowledge = paper.acknowledge(UUID.randomUUID());
        var retry = paper.retry(UUID.randomUUID());

        assertRejected(paper.outcomeOf(acknowledge), acknowledge, "PROCESS_NOT_FOUND");
        assertRejected(paper.outcomeOf(retry), retry, "PROCESS_NOT_FOUND");
    }

    @Test
    void the_demo_issues_documents_by_itself_until_it_is_switched_off() {
        paper.switches().setDemo(SetDemoRequest.newBuilder().setOn(true).build());
        try {
            var before = allDocuments();
            eventually(() -> assertThat(allDocuments()).isGreaterThan(before));
        } finally {
            paper.switches().setDemo(SetDemoRequest.newBuilder().setOn(false).build());
        }
    }

    @Test
    void processes_can_be_slowed_down_for_people_to_watch() {
        var document = paper.reported(customer, eur(10));
        var set = paper.switches()
                .setSlowDown(SetSlowDownRequest.newBuilder()
                        .setPause(Duration.newBuilder().setSeconds(2))
                        .build());
        try {
            paper.outcomeOf(UUID.fromString(set.getCommandId()));
            eventually(() -> {
                var began = System.nanoTime();
                var again = paper.reported(customer, eur(10));
                paper.processIn("DocumentVoided", paper.voidDocument(again).process());
                assertThat(System.nanoTime() - began).isGreaterThan(6_000_000_000L);
            });
        } finally {
            paper.switches()
                    .setSlowDown(SetSlowDownRequest.newBuilder()
                            .setPause(Duration.getDefaultInstance())
                            .build());
        }
        paper.processIn("DocumentVoided", paper.voidDocument(document).process());
    }

    /** The steps of a process but for those that only say that it takes long here. */
    final List<ProcessStep> untimed(UUID process) {
        return paper.process(process).getHistoryList().stream()
                .filter(step -> step.getInput().getKind() != ProcessInputKind.PROCESS_INPUT_KIND_DEADLINE)
                .toList();
    }

    private int allDocuments() {
        var count = 0;
        var request = ListDocumentsRequest.newBuilder().setPageSize(1_000);
        do {
            var page = paper.documents().listDocuments(request.build());
            count += page.getDocumentsCount();
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return count;
    }

    private Report report() {
        return paper.reportsOf(customer).getFirst();
    }

    private List<String> attention(UUID document) {
        return list(ListProcessesRequest.newBuilder()
                .setSubject("billing.document/" + document)
                .setNeedsAttention(true));
    }

    private List<String> processesOf(UUID document) {
        return list(ListProcessesRequest.newBuilder().setSubject("billing.document/" + document));
    }

    private List<String> list(ListProcessesRequest.Builder request) {
        return paper.processes().listProcesses(request.build()).getProcessesList().stream()
                .map(Process::getProcessId)
                .toList();
    }
}
