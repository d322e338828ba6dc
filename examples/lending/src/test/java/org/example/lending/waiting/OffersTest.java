package org.example.lending.waiting;

import static org.example.lending.Examples.ADA;
import static org.example.lending.Examples.BOOK;
import static org.example.lending.Examples.CODEC;
import static org.example.lending.Examples.COPY;
import static org.example.lending.Examples.LOAN;

import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.Event;
import dev.quadrille.testkit.PolicyScenario;
import java.util.UUID;
import org.example.lending.copy.CopyCommand.LendCopy;
import org.example.lending.copy.CopyCommand.ReserveCopy;
import org.example.lending.copy.CopyEvent.CopyLent;
import org.example.lending.copy.CopyEvent.CopyReturned;
import org.example.lending.waiting.WaitingCommand.OfferCopy;
import org.example.lending.waiting.WaitingCommand.WaitOn;
import org.example.lending.waiting.WaitingEvent.CopyOffered;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OffersTest {

    @Test
    void a_copy_that_comes_back_is_offered() {
        whenever(new CopyReturned(COPY, BOOK, LOAN)).then(new OfferCopy(BOOK, COPY));
    }

    @Test
    void an_offered_copy_is_kept_for_its_reader() {
        whenever(new CopyOffered(BOOK, COPY, ADA)).then(new ReserveCopy(COPY, BOOK, ADA));
    }

    @Test
    void a_reader_whose_copy_is_gone_waits_on() {
        whenever(rejected("ReserveCopy", new ReserveCopy(COPY, BOOK, ADA))).then(new WaitOn(BOOK, COPY, ADA));
    }

    @Test
    void nothing_follows_from_anything_else() {
        whenever(rejected("LendCopy", new LendCopy(COPY, LOAN, ADA))).thenNothing();
        whenever(new CopyLent(COPY, LOAN, ADA)).thenNothing();
    }

    private static CommandRejected rejected(String type, Command command) {
        return new CommandRejected(
                new UUID(9, 9), "lending." + type + ".v1", COPY.stream(), "COPY_LENT", "It is lent", command);
    }

    private static PolicyScenario whenever(Event event) {
        return PolicyScenario.whenever(Offers.POLICIES, CODEC, event);
    }
}
