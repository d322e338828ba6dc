package dev.quadrille.voiding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.billing.document.DocumentEvent.DocumentVoided;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingAborted;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingFailureAcknowledged;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingRequested;
import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.billing.document.ProcessId;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.process.ProcessStepTaken;
import dev.quadrille.reports.customer.CustomerReportsEvent.DocumentAddedToReport;
import dev.quadrille.reports.customer.CustomerReportsEvent.MarkingDocumentAsVoidedSucceeded;
import dev.quadrille.reports.customer.CustomerReportsEvent.ReportPublished;
import dev.quadrille.testkit.simulation.Simulator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds of documents, reports and voidings at rest, whatever happened on the way. */
final class VoidingLaws {

    static final String NEVER_BOTH = "no document is both void and in a published report as valid";
    static final String ONE_AT_A_TIME = "at most one process voids a document at a time";
    static final String NOBODY_WAITS = "every process has ended or waits for a person to acknowledge its failure";
    static final String AS_THE_PROCESS_SAYS = "a document is void if a process has voided it, and else not";

    private VoidingLaws() {}

    static Simulator under(Simulator simulator) {
        return simulator
                .under(NEVER_BOTH, VoidingLaws::neverBoth)
                .under(ONE_AT_A_TIME, VoidingLaws::oneAtATime)
                .under(NOBODY_WAITS, VoidingLaws::nobodyWaits)
                .under(AS_THE_PROCESS_SAYS, VoidingLaws::asTheProcessSays);
    }

    private static void neverBoth(List<Event> events) {
        var valid = new HashMap<Object, Set<DocumentId>>();
        var marked = new HashSet<DocumentId>();
        var publishedAsValid = new HashSet<DocumentId>();
        for (var event : events) {
            switch (event) {
                case DocumentAddedToReport(var _, var report, var document, var _, var voided) -> {
                    if (!voided) {
                        valid.computeIfAbsent(report, _ -> new HashSet<>()).add(document);
                    }
                }
                case MarkingDocumentAsVoidedSucceeded(var _, var document, var _) -> marked.add(document);
                case ReportPublished(var _, var report) -> {
                    var published = new HashSet<>(valid.getOrDefault(report, Set.of()));
                    published.removeAll(marked);
                    publishedAsValid.addAll(published);
                }
                default -> {}
            }
        }
        assertThat(voided(events)).noneMatch(publishedAsValid::contains);
    }

    private static Set<DocumentId> voided(List<Event> events) {
        var voided = new HashSet<DocumentId>();
        events.forEach(event -> {
            if (event instanceof DocumentVoided(var document, var _)) {
                voided.add(document);
            }
        });
        return voided;
    }

    private static void oneAtATime(List<Event> events) {
        var running = new HashMap<DocumentId, ProcessId>();
        for (var event : events) {
            switch (event) {
                case DocumentVoidingRequested(var document, var _, var process) ->
                    assertThat(running.put(document, process)).isNull();
                case DocumentVoided(var document, var process) ->
                    assertThat(running.get(document)).isEqualTo(process);
                case DocumentVoidingAborted(var document, var process) ->
                    assertThat(running.get(document)).isEqualTo(process);
                case DocumentVoidingFailureAcknowledged(var document, var process) ->
                    assertThat(running.remove(document)).isEqualTo(process);
                default -> {}
            }
        }
    }

    private static void nobodyWaits(List<Event> events) {
        assertThat(lastSteps(events).values())
                .allMatch(last -> last.ended() || last.status().failed());
    }

    private static void asTheProcessSays(List<Event> events) {
        var voided = lastSteps(events).values().stream()
                .map(ProcessStepTaken::status)
                .filter(status -> status.state().equals("DocumentVoided"))
                .map(dev.quadrille.kernel.process.Status::subject)
                .toList();
        assertThat(voided(events).stream().map(document -> document.stream().toString()))
                .containsExactlyInAnyOrderElementsOf(voided);
    }

    private static Map<dev.quadrille.kernel.process.ProcessId, ProcessStepTaken> lastSteps(List<Event> events) {
        var last = new HashMap<dev.quadrille.kernel.process.ProcessId, ProcessStepTaken>();
        events.forEach(event -> {
            if (event instanceof ProcessStepTaken step) {
                last.put(step.processId(), step);
            }
        });
        return last;
    }
}
