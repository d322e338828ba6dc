package dev.quadrille.voiding;

import dev.quadrille.billing.document.DocumentCommand.AbortDocumentVoiding;
import dev.quadrille.billing.document.DocumentCommand.CompleteDocumentVoiding;
import dev.quadrille.billing.document.DocumentCommand.ReopenDocumentForVoiding;
import dev.quadrille.billing.document.DocumentEvent;
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
import dev.quadrille.reports.customer.CustomerReportsId;
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
 * follows. A failure stays until a person acknowledges it.
 */
final class DocumentVoiding implements ProcessManager<VoidingState> {

    private static final ProcessIdentity IDENTITY =
            ProcessIdentity.of("document-voiding", "b7a1b8a6-0a3f-4f0e-8a1e-6d5f3a2c9e01");

    private static final Routes ROUTES = Routes.none()
            .hears(DocumentVoidingRequested.class, event -> to(event.processId()))
            .hears(CustomerReportsEvent.MarkingDocumentAsVoidedSucceeded.class, event -> to(event.processId()))
            .hears(CustomerReportsEvent.MarkingDocumentAsVoidedFailed.class, event -> to(event.processId()))
            .hears(DocumentEvent.DocumentVoided.class, event -> to(event.processId()))
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

    /** The process that has issued a command, where it can't go on before that is followed. */
    private static Optional<UUID> issuer(Command rejected) {
        return switch (rejected) {
            case MarkDocumentAsVoided mark -> to(mark.processId());
            case CompleteDocumentVoiding complete -> to(complete.processId());
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
            when state instanceof MarkingDocumentAsVoidedFailed(var voiding) -> new FailureAcknowledged(voiding);
            case RetryRequested _
            when state instanceof VoidingRequested(var voiding, var overdue, var _) ->
                new VoidingRequested(voiding, overdue, "");
            case RetryRequested _
            when state instanceof MarkingDocumentAsVoidedSucceeded(var voiding, var _) ->
                new MarkingDocumentAsVoidedSucceeded(voiding, "");
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
                new MarkingDocumentAsVoidedFailed(voiding);
            case DocumentEvent.DocumentVoided _
            when state instanceof MarkingDocumentAsVoidedSucceeded(var voiding, var _) -> new DocumentVoided(voiding);
            case CommandRejected rejected
            when rejected.command() instanceof MarkDocumentAsVoided
                    && state instanceof VoidingRequested(var voiding, var overdue, var _) ->
                new VoidingRequested(voiding, overdue, because(rejected));
            case CommandRejected rejected
            when rejected.command() instanceof CompleteDocumentVoiding
                    && state instanceof MarkingDocumentAsVoidedSucceeded(var voiding, var _) ->
                new MarkingDocumentAsVoidedSucceeded(voiding, because(rejected));
            default -> state;
        };
    }

    private static String because(CommandRejected rejected) {
        return rejected.commandType() + " was rejected: " + rejected.reason() + ", " + rejected.message();
    }

    @Override
    public List<Effect> react(VoidingState state, Input input) {
        return switch (state) {
            case VoidingRequested(var voiding, var _, var _)
            when begins(input) ->
                List.of(mark(voiding), Schedule.after(answerWithin, new AnswerOverdue(voiding.documentId())));
            case VoidingRequested(var voiding, var _, var _)
            when input instanceof RetryRequested -> List.of(mark(voiding));
            case MarkingDocumentAsVoidedSucceeded(var voiding, var _)
            when answers(input) || input instanceof RetryRequested ->
                List.of(new Execute(new CompleteDocumentVoiding(voiding.documentId(), voiding.processId())));
            case MarkingDocumentAsVoidedFailed(var voiding)
            when answers(input) ->
                List.of(new Execute(new AbortDocumentVoiding(voiding.documentId(), voiding.processId())));
            case FailureAcknowledged(var voiding) ->
                List.of(
                        new Execute(new ReopenDocumentForVoiding(voiding.documentId(), voiding.processId())),
                        new End());
            case DocumentVoided _ -> List.of(new End());
            case NotBegun _, VoidingRequested _, MarkingDocumentAsVoidedSucceeded _, MarkingDocumentAsVoidedFailed _ ->
                List.of();
        };
    }

    private static boolean begins(Input input) {
        return input instanceof Happened(var _, var _, DocumentVoidingRequested _);
    }

    /** Also when Reports answers once more, as it does when it is asked once more: what follows is done once. */
    private static boolean answers(Input input) {
        return input instanceof Happened(var _, var _, CustomerReportsEvent _);
    }

    private static Execute mark(Case voiding) {
        return new Execute(new MarkDocumentAsVoided(
                new CustomerReportsId(voiding.customerId().value()), voiding.documentId(), voiding.processId()));
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
            case MarkingDocumentAsVoidedFailed _ ->
                status.waiting("a person to acknowledge that its report was published before")
                        .failing();
            case NotBegun _, DocumentVoided _, FailureAcknowledged _ -> status;
        };
    }

    @Override
    public Optional<Rejection> refusal(VoidingState state, Person wish) {
        var possible = switch (wish) {
            case Acknowledged _ -> state instanceof MarkingDocumentAsVoidedFailed;
            case RetryRequested _ ->
                state instanceof VoidingRequested || state instanceof MarkingDocumentAsVoidedSucceeded;
        };
        return possible ? Optional.empty() : ProcessManager.super.refusal(state, wish);
    }
}
