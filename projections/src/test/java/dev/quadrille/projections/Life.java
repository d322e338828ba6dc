package dev.quadrille.projections;

import static dev.quadrille.financing.invoice.BidRejectionReason.BID_TOO_LOW;

import dev.quadrille.kernel.EventEnvelope;
import java.util.ArrayList;
import java.util.List;

/** Each way that a bid can go, with what is to be seen of it in the end. */
enum Life {
    PLACED("AVAILABLE", "", "10 + 20 + 0"),
    WON("FINANCED", "", "15 + 15 + 0"),
    COMMITTED("APPROVED", "", "15 + 0 + 15"),
    RELEASED("REVERSED", "", "30 + 0 + 0"),
    REJECTED("AVAILABLE", "BID_TOO_LOW", "30 + 0 + 0"),
    NOT_PROCESSED("", "INVOICE_NOT_FOUND", "30 + 0 + 0");

    /** The status of the invoice, empty if there is none. */
    final String invoice;

    /** Why the bid was rejected, empty if it was not. */
    final String reason;

    /** Balance + reserved + committed. */
    final String money;

    Life(String invoice, String reason, String money) {
        this.invoice = invoice;
        this.reason = reason;
        this.money = money;
    }

    /** The status of the bid. */
    String bid() {
        return this == NOT_PROCESSED ? REJECTED.name() : name();
    }

    /** All that is to be seen. */
    String end() {
        return String.join("; ", invoice, bid(), reason, money);
    }

    List<List<EventEnvelope>> streams(Story story) {
        var investor = new ArrayList<>(List.of(story.investorCreated(), story.fundsAdded(30), story.placed()));
        var invoice = new ArrayList<>(List.of(story.invoiceCreated()));
        switch (this) {
            case PLACED -> {}
            case WON -> {
                investor.add(story.released(5));
                invoice.add(story.financed());
            }
            case COMMITTED -> {
                investor.addAll(List.of(story.released(5), story.committed(15)));
                invoice.addAll(List.of(story.financed(), story.approved()));
            }
            case RELEASED -> {
                investor.addAll(List.of(story.released(5), story.released(15)));
                invoice.addAll(List.of(story.financed(), story.reversed()));
            }
            case REJECTED -> {
                investor.add(story.released(20));
                invoice.add(story.rejected(BID_TOO_LOW));
            }
            case NOT_PROCESSED -> {
                investor.add(story.released(20));
                return List.of(
                        Story.stream(story.investor.stream(), investor),
                        Story.stream(story.processBid, List.of(story.notProcessed("INVOICE_NOT_FOUND"))));
            }
        }
        return List.of(Story.stream(story.investor.stream(), investor), Story.stream(story.invoice.stream(), invoice));
    }

    List<EventEnvelope> events(Story story) {
        return streams(story).stream().flatMap(List::stream).toList();
    }

    /** Every order in which the streams' events can come while each stream is in order. */
    static <T> List<List<T>> interleavings(List<List<T>> streams) {
        var open = streams.stream().filter(stream -> !stream.isEmpty()).toList();
        if (open.isEmpty()) {
            return List.of(List.of());
        }
        var all = new ArrayList<List<T>>();
        for (var first : open) {
            var rest = open.stream()
                    .map(stream -> stream.equals(first) ? stream.subList(1, stream.size()) : stream)
                    .toList();
            for (var order : interleavings(rest)) {
                var begun = new ArrayList<T>(List.of(first.getFirst()));
                begun.addAll(order);
                all.add(begun);
            }
        }
        return all;
    }
}
