package org.example.lending.copy;

import static dev.quadrille.kernel.Decision.accept;
import static dev.quadrille.kernel.Decision.alreadyTrue;
import static dev.quadrille.kernel.Decision.reject;

import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Decider;
import dev.quadrille.kernel.Decision;
import dev.quadrille.kernel.StreamId;
import java.util.Set;
import org.example.lending.copy.Copy.Lent;
import org.example.lending.copy.Copy.OnShelf;
import org.example.lending.copy.Copy.Reserved;
import org.example.lending.copy.Copy.Unknown;
import org.example.lending.copy.CopyCommand.LendCopy;
import org.example.lending.copy.CopyCommand.RecallCopy;
import org.example.lending.copy.CopyCommand.RegisterCopy;
import org.example.lending.copy.CopyCommand.ReserveCopy;
import org.example.lending.copy.CopyCommand.ReturnCopy;
import org.example.lending.copy.CopyEvent.CopyLent;
import org.example.lending.copy.CopyEvent.CopyRecalled;
import org.example.lending.copy.CopyEvent.CopyRegistered;
import org.example.lending.copy.CopyEvent.CopyReserved;
import org.example.lending.copy.CopyEvent.CopyReturned;

/** A copy is with one reader at a time, and one that is kept for a reader goes to nobody else. */
public final class CopyDecider implements Decider<CopyCommand, Copy, CopyEvent> {

    private CopyDecider() {}

    /** Copies as the handler hosts them. */
    public static Aggregate<CopyCommand, ?, CopyEvent> aggregate() {
        return new Aggregate<>(CopyId.CATEGORY, CopyCommand.class, CopyEvent.class, new CopyDecider());
    }

    @Override
    public Copy initial() {
        return new Unknown();
    }

    @Override
    public Copy evolve(Copy copy, CopyEvent event) {
        return switch (event) {
            case CopyRegistered registered when copy instanceof Unknown -> new OnShelf(registered.bookId());
            case CopyLent lent
            when copy instanceof OnShelf(var book) -> new Lent(book, lent.loanId(), lent.readerId(), false);
            case CopyLent lent
            when copy instanceof Reserved(var book, var _) -> new Lent(book, lent.loanId(), lent.readerId(), false);
            case CopyReturned _ when copy instanceof Lent lent -> new OnShelf(lent.bookId());
            case CopyReserved reserved
            when copy instanceof OnShelf(var book) -> new Reserved(book, reserved.readerId());
            case CopyRecalled _
            when copy instanceof Lent(var book, var loan, var reader, var _) -> new Lent(book, loan, reader, true);
            case CopyRegistered _, CopyLent _, CopyReturned _, CopyReserved _, CopyRecalled _ ->
                throw new IllegalStateException(event + " can't follow on " + copy);
        };
    }

    @Override
    public Decision<CopyEvent> decide(Copy copy, CopyCommand command, Set<StreamId> existing) {
        return switch (command) {
            case RegisterCopy(var id, var book, var title) ->
                copy instanceof Unknown ? accept(new CopyRegistered(id, book, title)) : alreadyTrue();
            case LendCopy lend -> lend(copy, lend);
            case ReturnCopy(var id) ->
                switch (copy) {
                    case Unknown _ -> notFound(id);
                    case OnShelf _, Reserved _ -> alreadyTrue();
                    case Lent lent -> accept(new CopyReturned(id, lent.bookId(), lent.loanId()));
                };
            case ReserveCopy reserve -> reserve(copy, reserve);
            case RecallCopy(var id, var loan) ->
                copy instanceof Lent lent && lent.loanId().equals(loan) && !lent.recalled()
                        ? accept(new CopyRecalled(id, loan))
                        : alreadyTrue();
        };
    }

    private static Decision<CopyEvent> lend(Copy copy, LendCopy lend) {
        return switch (copy) {
            case Unknown _ -> notFound(lend.copyId());
            case Reserved reserved
            when !reserved.readerId().equals(lend.readerId()) ->
                reject("COPY_RESERVED", "Copy " + lend.copyId().value() + " is kept for another reader");
            case OnShelf _, Reserved _ -> accept(new CopyLent(lend.copyId(), lend.loanId(), lend.readerId()));
            case Lent lent when lent.loanId().equals(lend.loanId()) -> alreadyTrue();
            case Lent _ -> lent(lend.copyId());
        };
    }

    private static Decision<CopyEvent> reserve(Copy copy, ReserveCopy reserve) {
        return switch (copy) {
            case Unknown _ -> notFound(reserve.copyId());
            case OnShelf _ -> accept(new CopyReserved(reserve.copyId(), reserve.readerId()));
            case Reserved reserved ->
                reserved.readerId().equals(reserve.readerId())
                        ? alreadyTrue()
                        : reject("COPY_RESERVED", "Copy " + reserve.copyId().value() + " is kept for another reader");
            case Lent _ -> lent(reserve.copyId());
        };
    }

    private static Decision<CopyEvent> notFound(CopyId id) {
        return reject("COPY_NOT_FOUND", "There is no copy " + id.value());
    }

    private static Decision<CopyEvent> lent(CopyId id) {
        return reject("COPY_LENT", "Copy " + id.value() + " is lent to a reader");
    }
}
