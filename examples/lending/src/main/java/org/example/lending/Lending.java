package org.example.lending;

import dev.quadrille.json.JsonCodec;
import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.MessageTypes;
import dev.quadrille.kernel.Policy;
import dev.quadrille.kernel.process.ProcessManager;
import dev.quadrille.kernel.process.Processes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.example.lending.copy.CopyCommand;
import org.example.lending.copy.CopyDecider;
import org.example.lending.copy.CopyEvent;
import org.example.lending.loan.LoanOverdue;
import org.example.lending.loan.LoanRecall;
import org.example.lending.waiting.Offers;
import org.example.lending.waiting.WaitingCommand;
import org.example.lending.waiting.WaitingDecider;
import org.example.lending.waiting.WaitingEvent;

/** The context: what it is made of, and the stable names of its messages. */
public final class Lending {

    public static final String CONTEXT = "lending";

    private Lending() {}

    public static List<Aggregate<?, ?, ?>> aggregates() {
        return List.of(CopyDecider.aggregate(), WaitingDecider.aggregate());
    }

    public static List<Policy<?>> policies() {
        return Offers.POLICIES;
    }

    /**
     * The process managers, of which it is checked that somebody records what they hear and decides what they issue.
     *
     * @param loanPeriod for how long copies are lent
     */
    public static Processes processes(Duration loanPeriod) {
        var processes = new Processes(List.<ProcessManager<?>>of(new LoanRecall(loanPeriod)), Set.of());
        processes.check(aggregates(), policies(), messageTypes());
        return processes;
    }

    /** Reads and writes every message. */
    public static JsonCodec codec() {
        return new JsonCodec(messageTypes());
    }

    /** A name is stored and never changes; a class may. */
    static MessageTypes messageTypes() {
        return Processes.messageTypes()
                .register("lending.RegisterCopy.v1", CopyCommand.RegisterCopy.class)
                .register("lending.LendCopy.v1", CopyCommand.LendCopy.class)
                .register("lending.ReturnCopy.v1", CopyCommand.ReturnCopy.class)
                .register("lending.ReserveCopy.v1", CopyCommand.ReserveCopy.class)
                .register("lending.RecallCopy.v1", CopyCommand.RecallCopy.class)
                .register("lending.CopyRegistered.v1", CopyEvent.CopyRegistered.class)
                .register("lending.CopyLent.v1", CopyEvent.CopyLent.class)
                .register("lending.CopyReturned.v1", CopyEvent.CopyReturned.class)
                .register("lending.CopyReserved.v1", CopyEvent.CopyReserved.class)
                .register("lending.CopyRecalled.v1", CopyEvent.CopyRecalled.class)
                .register("lending.WaitForBook.v1", WaitingCommand.WaitForBook.class)
                .register("lending.OfferCopy.v1", WaitingCommand.OfferCopy.class)
                .register("lending.WaitOn.v1", WaitingCommand.WaitOn.class)
                .register("lending.ReaderWaits.v1", WaitingEvent.ReaderWaits.class)
                .register("lending.CopyOffered.v1", WaitingEvent.CopyOffered.class)
                .register("lending.OfferFellThrough.v1", WaitingEvent.OfferFellThrough.class)
                .register("lending.LoanOverdue.v1", LoanOverdue.class);
    }
}
