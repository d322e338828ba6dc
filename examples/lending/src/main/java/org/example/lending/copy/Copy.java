package org.example.lending.copy;

import org.example.lending.waiting.BookId;
import org.example.lending.waiting.ReaderId;

/** A copy as its decisions see it. */
sealed interface Copy {

    record Unknown() implements Copy {}

    record OnShelf(BookId bookId) implements Copy {}

    record Reserved(BookId bookId, ReaderId readerId) implements Copy {}

    record Lent(BookId bookId, LoanId loanId, ReaderId readerId, boolean recalled) implements Copy {}
}
