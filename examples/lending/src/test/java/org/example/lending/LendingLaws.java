package org.example.lending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.process.ProcessStepTaken;
import dev.quadrille.testkit.simulation.Simulator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.example.lending.copy.CopyEvent.CopyLent;
import org.example.lending.copy.CopyEvent.CopyRecalled;
import org.example.lending.copy.CopyEvent.CopyReserved;
import org.example.lending.copy.CopyEvent.CopyReturned;
import org.example.lending.copy.CopyId;
import org.example.lending.copy.LoanId;
import org.example.lending.waiting.WaitingEvent.CopyOffered;
import org.example.lending.waiting.WaitingEvent.OfferFellThrough;

/** What holds when all is at rest and every loan's time is over, whatever went wrong. */
final class LendingLaws {

    static final String ONE_READER = "a copy is with one reader at a time";
    static final String OFFERS_ARE_KEPT = "every copy that was offered is kept for its reader, or the reader waits on";
    static final String LATE_IS_RECALLED = "every loan that has not ended is recalled, once";
    static final String PROCESSES_END = "the process of a loan ends with it";

    private LendingLaws() {}

    static Simulator under(Simulator simulator) {
        return simulator
                .under(ONE_READER, LendingLaws::oneReader)
                .under(OFFERS_ARE_KEPT, LendingLaws::offersAreKept)
                .under(LATE_IS_RECALLED, LendingLaws::lateIsRecalled)
                .under(PROCESSES_END, LendingLaws::processesEnd);
    }

    private static void oneReader(List<Event> events) {
        var lent = new HashMap<CopyId, LoanId>();
        events.forEach(event -> {
            switch (event) {
                case CopyLent(var copy, var loan, var _) ->
                    assertThat(lent.put(copy, loan)).isNull();
                case CopyReturned(var copy, var _, var loan) ->
                    assertThat(lent.remove(copy)).isEqualTo(loan);
                default -> {}
            }
        });
    }

    /** A reader may be offered a copy that is kept for them already: that is answered by the first time. */
    private static void offersAreKept(List<Event> events) {
        var offered = new HashSet<String>();
        var answered = new HashSet<String>();
        events.forEach(event -> {
            switch (event) {
                case CopyOffered(var _, var copy, var reader) -> offered.add(copy + " for " + reader);
                case CopyReserved(var copy, var reader) -> answered.add(copy + " for " + reader);
                case OfferFellThrough(var _, var copy, var reader) -> answered.add(copy + " for " + reader);
                default -> {}
            }
        });
        assertThat(answered).isEqualTo(offered);
    }

    private static void lateIsRecalled(List<Event> events) {
        var recalled = new ArrayList<LoanId>();
        var lent = new HashSet<LoanId>();
        events.forEach(event -> {
            switch (event) {
                case CopyLent(var _, var loan, var _) -> lent.add(loan);
                case CopyReturned(var _, var _, var loan) -> lent.remove(loan);
                case CopyRecalled(var _, var loan) -> recalled.add(loan);
                default -> {}
            }
        });
        assertThat(recalled).doesNotHaveDuplicates().containsAll(lent);
    }

    private static void processesEnd(List<Event> events) {
        var open = new HashSet<LoanId>();
        var waiting = new HashSet<LoanId>();
        events.forEach(event -> {
            switch (event) {
                case CopyLent(var _, var loan, var _) -> open.add(loan);
                case CopyReturned(var _, var _, var loan) -> open.remove(loan);
                case ProcessStepTaken step -> {
                    var loan = new LoanId(step.processId().value());
                    if (step.ended()) {
                        waiting.remove(loan);
                    } else {
                        waiting.add(loan);
                    }
                }
                default -> {}
            }
        });
        assertThat(waiting).isEqualTo(open);
    }
}
