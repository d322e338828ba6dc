package org.example.lending.loan;

import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.process.Effect;
import dev.quadrille.kernel.process.Effect.End;
import dev.quadrille.kernel.process.Effect.Execute;
import dev.quadrille.kernel.process.Effect.Schedule;
import dev.quadrille.kernel.process.Input;
import dev.quadrille.kernel.process.Input.DeadlineReached;
import dev.quadrille.kernel.process.Input.Happened;
import dev.quadrille.kernel.process.Input.Person;
import dev.quadrille.kernel.process.ProcessIdentity;
import dev.quadrille.kernel.process.ProcessManager;
import dev.quadrille.kernel.process.Routes;
import dev.quadrille.kernel.process.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.example.lending.copy.CopyCommand.RecallCopy;
import org.example.lending.copy.CopyEvent.CopyLent;
import org.example.lending.copy.CopyEvent.CopyReturned;
import org.example.lending.copy.LoanId;
import org.example.lending.loan.LoanState.Lent;
import org.example.lending.loan.LoanState.NotLent;
import org.example.lending.loan.LoanState.Returned;

/** Recalls a copy that has not come back in time, and ends when it has come back. */
public final class LoanRecall implements ProcessManager<LoanState> {

    private static final ProcessIdentity IDENTITY =
            ProcessIdentity.of("loan-recall", "3e9d0c47-52f1-4b6a-8c0e-91a7d4f2b601");

    private static final Routes ROUTES = Routes.none()
            .hears(CopyLent.class, event -> of(event.loanId()))
            .hears(CopyReturned.class, event -> of(event.loanId()))
            .executes(RecallCopy.class)
            .schedules(LoanOverdue.class);

    private final Duration period;

    /** @param period for how long copies are lent */
    public LoanRecall(Duration period) {
        this.period = period;
    }

    /** One instance for each loan, which has an id of its own. */
    private static Optional<UUID> of(LoanId loan) {
        return Optional.of(loan.value());
    }

    @Override
    public ProcessIdentity identity() {
        return IDENTITY;
    }

    @Override
    public Routes routes() {
        return ROUTES;
    }

    @Override
    public LoanState initial() {
        return new NotLent();
    }

    @Override
    public LoanState evolve(LoanState state, Input input) {
        return switch (input) {
            case Happened(var _, var _, var event) -> evolve(state, event);
            case DeadlineReached _ when state instanceof Lent(var copy, var loan, var _) -> new Lent(copy, loan, true);
            case DeadlineReached _, Person _ -> state;
        };
    }

    private static LoanState evolve(LoanState state, Event event) {
        return switch (event) {
            case CopyLent lent when state instanceof NotLent -> new Lent(lent.copyId(), lent.loanId(), false);
            case CopyReturned returned -> new Returned(returned.copyId());
            default -> state;
        };
    }

    @Override
    public List<Effect> react(LoanState state, Input input) {
        return switch (state) {
            case Lent(var copy, var loan, var overdue) ->
                overdue
                        ? List.of(new Execute(new RecallCopy(copy, loan)))
                        : List.of(Schedule.after(period, new LoanOverdue(copy, loan)));
            case Returned _ -> List.of(new End());
            case NotLent _ -> List.of();
        };
    }

    @Override
    public Status status(LoanState state) {
        return switch (state) {
            case NotLent _ -> Status.of("NotLent", "");
            case Lent(var copy, var _, var overdue) ->
                Status.of("Lent", copy.stream().toString())
                        .waiting("the copy to come back")
                        .late(overdue);
            case Returned(var copy) -> Status.of("Returned", copy.stream().toString());
        };
    }
}
