package org.example.lending.waiting;

import static dev.quadrille.kernel.Decision.accept;
import static dev.quadrille.kernel.Decision.alreadyTrue;

import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Decider;
import dev.quadrille.kernel.Decision;
import dev.quadrille.kernel.StreamId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.example.lending.waiting.WaitingCommand.OfferCopy;
import org.example.lending.waiting.WaitingCommand.WaitForBook;
import org.example.lending.waiting.WaitingCommand.WaitOn;
import org.example.lending.waiting.WaitingDecider.Line;
import org.example.lending.waiting.WaitingEvent.CopyOffered;
import org.example.lending.waiting.WaitingEvent.OfferFellThrough;
import org.example.lending.waiting.WaitingEvent.ReaderWaits;

/** Who has waited for a book longest is offered the next copy; whose offer falls through has waited longest again. */
public final class WaitingDecider implements Decider<WaitingCommand, Line, WaitingEvent> {

    private WaitingDecider() {}

    /** Those who wait, the first of them first. */
    record Line(List<ReaderId> readers) {
        public Line {
            readers = List.copyOf(readers);
        }
    }

    /** Lines of those who wait as the handler hosts them. */
    public static Aggregate<WaitingCommand, ?, WaitingEvent> aggregate() {
        return new Aggregate<>(BookId.CATEGORY, WaitingCommand.class, WaitingEvent.class, new WaitingDecider());
    }

    @Override
    public Line initial() {
        return new Line(List.of());
    }

    @Override
    public Line evolve(Line line, WaitingEvent event) {
        return new Line(
                switch (event) {
                    case ReaderWaits(var _, var reader) ->
                        Stream.concat(line.readers().stream(), Stream.of(reader))
                                .toList();
                    case CopyOffered(var _, var _, var reader) ->
                        line.readers().stream()
                                .filter(other -> !other.equals(reader))
                                .toList();
                    case OfferFellThrough(var _, var _, var reader) ->
                        Stream.concat(Stream.of(reader), line.readers().stream().filter(other -> !other.equals(reader)))
                                .toList();
                });
    }

    @Override
    public Decision<WaitingEvent> decide(Line line, WaitingCommand command, Set<StreamId> existing) {
        return switch (command) {
            case WaitForBook(var book, var reader) ->
                line.readers().contains(reader) ? alreadyTrue() : accept(new ReaderWaits(book, reader));
            case OfferCopy(var book, var copy) ->
                line.readers().isEmpty()
                        ? alreadyTrue()
                        : accept(new CopyOffered(book, copy, line.readers().getFirst()));
            case WaitOn(var book, var copy, var reader) -> accept(new OfferFellThrough(book, copy, reader));
        };
    }
}
