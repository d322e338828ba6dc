package dev.quadrille.voiding;

import dev.quadrille.billing.document.DocumentCommand.AbortDocumentVoiding;
import dev.quadrille.billing.document.DocumentCommand.CompleteDocumentVoiding;
import dev.quadrille.billing.document.DocumentCommand.ReopenDocumentForVoiding;
import dev.quadrille.billing.document.DocumentEvent;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingFailureAcknowledged;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingRequested;
import dev.quadrille.billing.document.ProcessId;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.Rejection;
import dev.quadrille.kernel.process.Effect;
import dev.quadrille.kernel.process.Effect.End;
import dev.quadrille.kernel.process.Effect.Execute;
import dev.quadrille.kernel.process.Effect.Schedule;
import dev.quadrille.kernel.process.Input;
import dev.quadrille.kernel.process.Input.Acknowledged;
import dev.quadrille.kernel.process.Input.DeadlineReached;
import dev.quadrille.kernel.process.Input.Happened;
import dev.quadrille.kernel.process.Input.Person;
import dev.quadrille.kernel.process.Input.RetryRequested;
import dev.quadrille.kernel.process.ProcessIdentity;
import dev.quadrille.kernel.process.ProcessManager;
import dev.quadrille.kernel.process.Routes;
import dev.quadrille.kernel.process.Status;
import dev.quadrille.reports.customer.CustomerReportsCommand.MarkDocumentAsVoided;
import dev.quadrille.reports.customer.CustomerReportsEvent;
import dev.quadrille.voiding.VoidingState.Asking;
import dev.quadrille.voiding.VoidingState.Begun;
import dev.quadrille.voiding.VoidingState.Case;
import dev.quadrille.voiding.VoidingState.DocumentVoided;
import dev.quadrille.voiding.VoidingState.FailureAcknowledged;
import dev.quadrille.voiding.VoidingState.MarkingDocumentAsVoidedFailed;
import dev.quadrille.voiding.VoidingState.MarkingDocumentAsVoidedSucceeded;
import dev.quadrille.voiding.VoidingState.NotBegun;
import dev.quadrille.voiding.VoidingState.VoidingRequested;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Voids a document unless the report that holds it has been published: Reports decides, whenever it answers, and Billing
 * follows. A failure stays until a person acknowledges it. What it has asked for and somebody has discarded it asks for again
 * when a person wants that.
 */
final class DocumentVoiding implements ProcessManager<VoidingState> {

    private static final ProcessIdentity IDENTITY =
            ProcessIdentity.of("document-voiding", "b7a1b8a6-0a3f-4f0e-8a1e-6d5f3a2c9e01");

    private static final Routes ROUTES = Routes.none()
            .hears(DocumentVoidingRequested.class, event -> to(event.processId()))
            .hears(CustomerReportsEvent.MarkingDocumentAsVoidedSucceeded.class, event -> to(event.processId()))
            .hears(CustomerReportsEvent.MarkingDocumentAsVoidedFailed.class, event -> to(event.processId()))
            .hears(DocumentEvent.DocumentVoided.class, event -> to(event.processId()))
            .hears(DocumentVoidingFailureAcknowledged.class, event -> to(event.processId()))
            .hears(CommandRejected.class, event -> event.command() == null ? Optional.empty() : issuer(event.command()))
            .executes(MarkDocumentAsVoided.class)
            .executes(CompleteDocumentVoiding.class)
            .executes(AbortDocumentVoiding.class)
            .executes(ReopenDocumentForVoiding.class)
            .schedules(AnswerOverdue.class);

    private final Duration answerWithin;

    /** @param answerWithin how long Reports has to answer before the process is overdue */
    DocumentVoiding(Duration answerWithin) {
        this.answerWithin = answerWithin;
    }

    @Override
    public ProcessIdentity identity() {
        return IDENTITY;
    }

    @Override
    public Routes routes() {
        return ROUTES;
    }

    private static Optional<UUID> to(ProcessId process) {
        return Optional.of(process.value());
    }

    /** The process that has issued a command: it can't go on before that is followed. */
    private static Optional<UUID> issuer(Command rejected) {
        return switch (rejected) {
            case MarkDocumentAsVoided mark -> to(mark.processId());
            case CompleteDocumentVoiding complete -> to(complete.processId());
            case AbortDocumentVoiding abort -> to(abort.processId());
            case ReopenDocumentForVoiding reopen -> to(reopen.processId());
            default -> Optional.empty();
        };
    }

    @Override
    public VoidingState initial() {
        return new NotBegun();
    }

    @Override
    public VoidingState evolve(VoidingState state, Input input) {
        return switch (input) {
            case Happened(var _, var _, var event) -> evolve(state, event);
            case DeadlineReached _
            when state instanceof VoidingRequested(var voiding, var _, var stuck) ->
                new VoidingRequested(voiding, true, stuck);
            case Acknowledged _
            when state instanceof MarkingDocumentAsVoidedFailed(var voiding, var _) ->
                new FailureAcknowledged(voiding, false, "");
            case RetryRequested _ when state instanceof Asking asking -> asking.stuck("");
            case DeadlineReached _, Person _ -> state;
        };
    }

    private static VoidingState evolve(VoidingState state, Event event) {
        return switch (event) {
            case DocumentVoidingRequested(var document, var customer, var process)
            when state instanceof NotBegun -> new VoidingRequested(new Case(document, customer, process), false, "");
            case CustomerReportsEvent.MarkingDocumentAsVoidedSucceeded _
            when state instanceof VoidingRequested(var voiding, var _, var _) ->
                new MarkingDocumentAsVoidedSucceeded(voiding, "");
            case CustomerReportsEvent.MarkingDocumentAsVoidedFailed _
            when state instanceof VoidingRequested(var voiding, var _, var _) ->
                new MarkingDocumentAsVoidedFailed(voiding, "");
            case DocumentEvent.DocumentVoided _
            when state instanceof MarkingDocumentAsVoidedSucceeded(var voiding, var _) -> new DocumentVoided(voiding);
            case DocumentVoidingFailureAcknowledged _
            when state instanceof FailureAcknowledged(var voiding, var _, var _) ->
                new FailureAcknowledged(voiding, true, "");
            case CommandRejected rejected
            when state instanceof Asking asking && asking.asked().equals(rejected.command()) ->
                asking.stuck(because(rejected));
            default -> state;
        };
    }

    private static String because(CommandRejected rejected) {
        return rejected.commandType() + " was rejected: " + rejected.reason() + ", " + rejected.message();
    }

    @Override
    public List<Effect> react(VoidingState state, Input input) {
        return switch (state) {
            case VoidingRequested requested
            when begins(input) ->
                List.of(
                        new Execute(requested.asked()),
                        Schedule.after(
                                answerWithin,
                                new AnswerOverdue(requested.voiding().documentId())));
            case Asking asking when input instanceof RetryRequested -> List.of(new Execute(asking.asked()));
            case MarkingDocumentAsVoidedSucceeded succeeded
            when answers(input) -> List.of(new Execute(succeeded.asked()));
            case MarkingDocumentAsVoidedFailed failed when answers(input) -> List.of(new Execute(failed.asked()));
            case FailureAcknowledged acknowledged
            when input instanceof Acknowledged -> List.of(new Execute(acknowledged.asked()));
            case FailureAcknowledged(var _, var reopened, var _) when reopened -> List.of(new End());
            case DocumentVoided _ -> List.of(new End());
            case NotBegun _, Asking _ -> List.of();
        };
    }

    private static boolean begins(Input input) {
        return input instanceof Happened(var _, var _, DocumentVoidingRequested _);
    }

    /** Also when Reports answers once more, as it does when it is asked once more: what follows is done once. */
    private static boolean answers(Input input) {
        return input instanceof Happened(var _, var _, CustomerReportsEvent _);
    }

    @Override
    public Status status(VoidingState state) {
        var subject = state instanceof Begun begun
                ? begun.voiding().documentId().stream().toString()
                : "";
        var status = Status.of(state.getClass().getSimpleName(), subject);
        return switch (state) {
            case VoidingRequested(var _, var overdue, var stuck) ->
                status.waiting("Reports to mark the document").late(overdue).stuck(stuck);
            case MarkingDocumentAsVoidedSucceeded(var _, var stuck) ->
                status.waiting("Billing to void the document").stuck(stuck);
            case MarkingDocumentAsVoidedFailed(var _, var stuck) ->
                status.waiting("a person to acknowledge that its report was published before")
                        .failing()
                        .stuck(stuck);
            case FailureAcknowledged(var _, var reopened, var stuck)
            when !reopened ->
                status.waiting("Billing to let the document be voided anew").stuck(stuck);
            case NotBegun _, FailureAcknowledged _, DocumentVoided _ -> status;
        };
    }

    @Override
    public Optional<Rejection> refusal(VoidingState state, Person wish) {
        var possible = switch (wish) {
            case Acknowledged _ -> state instanceof MarkingDocumentAsVoidedFailed;
            case RetryRequested _
            when state instanceof MarkingDocumentAsVoidedFailed(var _, var stuck) -> !stuck.isEmpty();
            case RetryRequested _ -> state instanceof Asking;
        };
        return possible ? Optional.empty() : ProcessManager.super.refusal(state, wish);
    }
}
