package org.example.lending.waiting;

import dev.quadrille.kernel.Event;
import org.example.lending.copy.CopyId;

/** What can happen to those who wait for a book. */
public sealed interface WaitingEvent extends Event {

    BookId bookId();

    /** The reader waits behind the others. */
    record ReaderWaits(BookId bookId, ReaderId readerId) implements WaitingEvent {}

    /** The reader who has waited longest is to have the copy and waits no more. */
    record CopyOffered(BookId bookId, CopyId copyId, ReaderId readerId) implements WaitingEvent {}

    /** The copy was gone, and the reader waits again, before the others. */
    record OfferFellThrough(BookId bookId, CopyId copyId, ReaderId readerId) implements WaitingEvent {}
}
