package org.example.lending.copy;

import dev.quadrille.kernel.Event;
import org.example.lending.waiting.BookId;
import org.example.lending.waiting.ReaderId;

/** What can happen to a copy. */
public sealed interface CopyEvent extends Event {

    CopyId copyId();

    /** It is on the shelf for the first time. */
    record CopyRegistered(CopyId copyId, BookId bookId, String title) implements CopyEvent {}

    /** The reader has it. */
    record CopyLent(CopyId copyId, LoanId loanId, ReaderId readerId) implements CopyEvent {}

    /** It is on the shelf again. */
    record CopyReturned(CopyId copyId, BookId bookId, LoanId loanId) implements CopyEvent {}

    /** It is kept on the shelf for the reader. */
    record CopyReserved(CopyId copyId, ReaderId readerId) implements CopyEvent {}

    /** Whoever has it has been asked to bring it back. */
    record CopyRecalled(CopyId copyId, LoanId loanId) implements CopyEvent {}
}
