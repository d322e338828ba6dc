package org.example.lending.waiting;

import static dev.quadrille.kernel.Policy.whenever;

import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.Policy;
import java.util.List;
import org.example.lending.copy.CopyCommand.ReserveCopy;
import org.example.lending.copy.CopyEvent.CopyReturned;
import org.example.lending.waiting.WaitingCommand.OfferCopy;
import org.example.lending.waiting.WaitingCommand.WaitOn;
import org.example.lending.waiting.WaitingEvent.CopyOffered;

/** How a copy that comes back finds the reader who has waited for it longest. */
public final class Offers {

    private Offers() {}

    public static final List<Policy<?>> POLICIES = List.of(
            whenever(
                    CopyReturned.class,
                    "offer a copy that has come back",
                    "6b1f7a52-0d8e-4c3a-9f41-7e2d5c8a1b01",
                    OfferCopy.class,
                    returned -> List.of(new OfferCopy(returned.bookId(), returned.copyId()))),
            whenever(
                    CopyOffered.class,
                    "keep an offered copy for its reader",
                    "6b1f7a52-0d8e-4c3a-9f41-7e2d5c8a1b02",
                    ReserveCopy.class,
                    offered -> List.of(new ReserveCopy(offered.copyId(), offered.bookId(), offered.readerId()))),
            // Somebody has taken the copy from the shelf in between.
            whenever(
                    CommandRejected.class,
                    "have a reader wait on whose copy is gone",
                    "6b1f7a52-0d8e-4c3a-9f41-7e2d5c8a1b03",
                    WaitOn.class,
                    rejected -> rejected.command() instanceof ReserveCopy(var copy, var book, var reader)
                            ? List.of(new WaitOn(book, copy, reader))
                            : List.of()));
}
