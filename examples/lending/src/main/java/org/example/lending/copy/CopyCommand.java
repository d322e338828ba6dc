package org.example.lending.copy;

import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.StreamId;
import org.example.lending.waiting.BookId;
import org.example.lending.waiting.ReaderId;

/** What a copy can be asked. */
public sealed interface CopyCommand extends Command {

    CopyId copyId();

    @Override
    default StreamId stream() {
        return copyId().stream();
    }

    /** Puts a new copy on the shelf; asked again, nothing changes. */
    record RegisterCopy(CopyId copyId, BookId bookId, String title) implements CopyCommand {}

    /** Lends it to a reader, unless another has it or has it kept. */
    record LendCopy(CopyId copyId, LoanId loanId, ReaderId readerId) implements CopyCommand {}

    /** Takes it back; one that is not lent stays as it is. */
    record ReturnCopy(CopyId copyId) implements CopyCommand {}

    /** Keeps it on the shelf for a reader who has waited for the book. */
    record ReserveCopy(CopyId copyId, BookId bookId, ReaderId readerId) implements CopyCommand {}

    /** Asks for it back; after the end of the loan, nothing changes. */
    record RecallCopy(CopyId copyId, LoanId loanId) implements CopyCommand {}
}
