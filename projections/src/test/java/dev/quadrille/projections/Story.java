package dev.quadrille.projections;

import dev.quadrille.domain.Installation;
import dev.quadrille.financing.Financing;
import dev.quadrille.financing.investor.InvestorEvent.BidOnInvoicePlaced;
import dev.quadrille.financing.investor.InvestorEvent.InvestorCreated;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsAdded;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsCommitted;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsReleased;
import dev.quadrille.financing.investor.InvestorId;
import dev.quadrille.financing.invoice.Bid;
import dev.quadrille.financing.invoice.BidId;
import dev.quadrille.financing.invoice.BidRejectionReason;
import dev.quadrille.financing.invoice.InvoiceCommand.ProcessBid;
import dev.quadrille.financing.invoice.InvoiceEvent.BidOnInvoiceRejected;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceApproved;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceCreated;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceFinanced;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceReversed;
import dev.quadrille.financing.invoice.InvoiceId;
import dev.quadrille.financing.issuer.IssuerEvent.IssuerCreated;
import dev.quadrille.financing.issuer.IssuerId;
import dev.quadrille.kernel.Codec;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.kernel.Event;
import dev.quadrille.kernel.EventEnvelope;
import dev.quadrille.kernel.Lineage;
import dev.quadrille.kernel.Message;
import dev.quadrille.kernel.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * What happens to one issuer, one investor, one invoice and one bid of 20 on it, told stream by stream, with ids of its
 * own. The invoice asks for 15.
 */
final class Story {

    static final CurrencyUnit EUR = CurrencyUnit.EUR;
    static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private static final Codec CODEC = Installation.codec();

    final IssuerId issuer = new IssuerId(UUID.randomUUID());
    final InvestorId investor = new InvestorId(UUID.randomUUID());
    final InvoiceId invoice = new InvoiceId(UUID.randomUUID());
    final BidId bid = new BidId(UUID.randomUUID());
    final StreamId processBid = CommandRejected.streamOf(Financing.CONTEXT, UUID.randomUUID());

    static Money eur(int amount) {
        return Money.of(EUR, amount);
    }

    Event issuerCreated() {
        return new IssuerCreated(issuer, "Issuer " + issuer.value());
    }

    Event investorCreated() {
        return new InvestorCreated(investor, "Investor " + investor.value(), EUR);
    }

    Event fundsAdded(int amount) {
        return new InvestorFundsAdded(investor, eur(amount));
    }

    Event placed() {
        return new BidOnInvoicePlaced(investor, invoice, bid, eur(20));
    }

    Event released(int amount) {
        return new InvestorFundsReleased(investor, bid, eur(amount));
    }

    Event committed(int amount) {
        return new InvestorFundsCommitted(investor, bid, eur(amount));
    }

    Event invoiceCreated() {
        return new InvoiceCreated(invoice, issuer, eur(15));
    }

    Event financed() {
        return new InvoiceFinanced(invoice, eur(15), theBid());
    }

    Event approved() {
        return new InvoiceApproved(invoice, eur(15), theBid());
    }

    Event reversed() {
        return new InvoiceReversed(invoice, eur(15), theBid());
    }

    Event rejected(BidRejectionReason reason) {
        return new BidOnInvoiceRejected(invoice, theBid(), reason);
    }

    Event notProcessed(String reason) {
        return new CommandRejected(
                UUID.fromString(processBid.id()),
                "financing.ProcessBid.v1",
                invoice.stream(),
                reason,
                "It could not be processed",
                new ProcessBid(invoice, theBid()));
    }

    private Bid theBid() {
        return new Bid(bid, investor, eur(20));
    }

    /** The issuer's whole stream, as it is on the bus. */
    List<EventEnvelope> ofIssuer() {
        return stream(issuer.stream(), List.of(issuerCreated()));
    }

    List<EventEnvelope> ofInvestor(Event... events) {
        return stream(investor.stream(), List.of(events));
    }

    List<EventEnvelope> ofInvoice(Event... events) {
        return stream(invoice.stream(), List.of(events));
    }

    /** A stream from its beginning, as it is on the bus. */
    static List<EventEnvelope> stream(StreamId stream, List<? extends Event> events) {
        var envelopes = new ArrayList<EventEnvelope>();
        for (var event : events) {
            envelopes.add(envelope(stream, envelopes.size() + 1L, CODEC.encode(event)));
        }
        return envelopes;
    }

    static EventEnvelope envelope(StreamId stream, long version, Message message) {
        var lineage = new Lineage(UUID.randomUUID(), UUID.randomUUID(), "00-%032x-%016x-01".formatted(1, version));
        return new EventEnvelope(UUID.randomUUID(), stream, version, NOON, lineage, message);
    }
}
