package org.example.lending.waiting;

import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.StreamId;
import org.example.lending.copy.CopyId;

/** What those who wait for a book can be asked. */
public sealed interface WaitingCommand extends Command {

    BookId bookId();

    @Override
    default StreamId stream() {
        return bookId().stream();
    }

    /** Has a reader wait behind the others; who waits already stays in place. */
    record WaitForBook(BookId bookId, ReaderId readerId) implements WaitingCommand {}

    /** Offers a copy to whoever has waited longest, if anyone has. */
    record OfferCopy(BookId bookId, CopyId copyId) implements WaitingCommand {}

    /** Has a reader wait before the others, as the copy that was offered is gone. */
    record WaitOn(BookId bookId, CopyId copyId, ReaderId readerId) implements WaitingCommand {}
}
