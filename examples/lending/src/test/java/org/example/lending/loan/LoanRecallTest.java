package org.example.lending.loan;

import static org.example.lending.Examples.ADA;
import static org.example.lending.Examples.BOOK;
import static org.example.lending.Examples.CODEC;
import static org.example.lending.Examples.COPY;
import static org.example.lending.Examples.LOAN;

import dev.quadrille.kernel.process.Effect.End;
import dev.quadrille.kernel.process.Effect.Execute;
import dev.quadrille.kernel.process.Effect.Schedule;
import dev.quadrille.kernel.process.Input.RetryRequested;
import dev.quadrille.kernel.process.Status;
import dev.quadrille.testkit.ProcessScenario;
import java.time.Duration;
import org.example.lending.copy.CopyCommand.RecallCopy;
import org.example.lending.copy.CopyEvent.CopyLent;
import org.example.lending.copy.CopyEvent.CopyReturned;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LoanRecallTest {

    private static final Duration PERIOD = Duration.ofDays(28);
    private static final CopyLent LENT = new CopyLent(COPY, LOAN, ADA);
    private static final CopyReturned RETURNED = new CopyReturned(COPY, BOOK, LOAN);
    private static final LoanOverdue OVERDUE = new LoanOverdue(COPY, LOAN);
    private static final Status WAITING =
            Status.of("Lent", COPY.stream().toString()).waiting("the copy to come back");

    @Test
    void a_loan_has_a_time() {
        after().when(LENT).then(Schedule.after(PERIOD, OVERDUE)).thenShows(WAITING);
    }

    @Test
    void a_copy_that_does_not_come_back_in_time_is_recalled() {
        after(LENT).when(OVERDUE).then(new Execute(new RecallCopy(COPY, LOAN))).thenShows(WAITING.late(true));
    }

    @Test
    void a_copy_that_comes_back_in_time_or_late_ends_it() {
        after(LENT).when(RETURNED).then(new End());
        after(LENT, OVERDUE).when(RETURNED).then(new End());
    }

    @Test
    void there_is_nobody_to_be_asked_again() {
        after(LENT, OVERDUE).when(new RetryRequested()).thenRefused("NOTHING_TO_RETRY");
    }

    private static ProcessScenario<LoanState> after(Object... inputs) {
        return ProcessScenario.given(new LoanRecall(PERIOD), CODEC, inputs);
    }
}
