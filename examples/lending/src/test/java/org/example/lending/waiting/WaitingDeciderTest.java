package org.example.lending.waiting;

import static org.example.lending.Examples.ADA;
import static org.example.lending.Examples.BOB;
import static org.example.lending.Examples.BOOK;
import static org.example.lending.Examples.CODEC;
import static org.example.lending.Examples.COPY;
import static org.example.lending.Examples.OTHER_COPY;

import dev.quadrille.testkit.DeciderScenario;
import org.example.lending.waiting.WaitingCommand.OfferCopy;
import org.example.lending.waiting.WaitingCommand.WaitForBook;
import org.example.lending.waiting.WaitingCommand.WaitOn;
import org.example.lending.waiting.WaitingEvent.CopyOffered;
import org.example.lending.waiting.WaitingEvent.OfferFellThrough;
import org.example.lending.waiting.WaitingEvent.ReaderWaits;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WaitingDeciderTest {

    private static final ReaderWaits ADA_WAITS = new ReaderWaits(BOOK, ADA);
    private static final ReaderWaits BOB_WAITS = new ReaderWaits(BOOK, BOB);
    private static final CopyOffered OFFERED_TO_ADA = new CopyOffered(BOOK, COPY, ADA);
    private static final OfferFellThrough ADA_WAITS_ON = new OfferFellThrough(BOOK, COPY, ADA);

    @Test
    void a_reader_waits_once() {
        given().when(new WaitForBook(BOOK, ADA)).then(ADA_WAITS);
        given(ADA_WAITS).when(new WaitForBook(BOOK, ADA)).thenNothing();
        given(ADA_WAITS, OFFERED_TO_ADA).when(new WaitForBook(BOOK, ADA)).then(ADA_WAITS);
    }

    @Test
    void who_has_waited_longest_is_offered_the_copy() {
        given().when(new OfferCopy(BOOK, COPY)).thenNothing();
        given(ADA_WAITS, BOB_WAITS).when(new OfferCopy(BOOK, COPY)).then(OFFERED_TO_ADA);
        given(ADA_WAITS, BOB_WAITS, OFFERED_TO_ADA)
                .when(new OfferCopy(BOOK, OTHER_COPY))
                .then(new CopyOffered(BOOK, OTHER_COPY, BOB));
    }

    @Test
    void whose_offer_falls_through_is_the_first_to_be_offered_another() {
        given(ADA_WAITS, BOB_WAITS, OFFERED_TO_ADA)
                .when(new WaitOn(BOOK, COPY, ADA))
                .then(ADA_WAITS_ON);
        given(ADA_WAITS, BOB_WAITS, OFFERED_TO_ADA, ADA_WAITS_ON)
                .when(new OfferCopy(BOOK, OTHER_COPY))
                .then(new CopyOffered(BOOK, OTHER_COPY, ADA));
    }

    private static DeciderScenario<WaitingCommand, WaitingEvent> given(WaitingEvent... history) {
        return DeciderScenario.given(WaitingDecider.aggregate(), CODEC, history);
    }
}
