package dev.quadrille.financing.invoice;

import static dev.quadrille.financing.invoice.BidRejectionReason.BID_TOO_LOW;
import static dev.quadrille.financing.invoice.BidRejectionReason.CURRENCY_MISMATCH;
import static dev.quadrille.financing.invoice.BidRejectionReason.INVOICE_NOT_AVAILABLE;
import static dev.quadrille.kernel.Decision.accept;
import static dev.quadrille.kernel.Decision.alreadyTrue;
import static dev.quadrille.kernel.Decision.reject;

import dev.quadrille.financing.invoice.Invoice.Approved;
import dev.quadrille.financing.invoice.Invoice.Available;
import dev.quadrille.financing.invoice.Invoice.Financed;
import dev.quadrille.financing.invoice.Invoice.Reversed;
import dev.quadrille.financing.invoice.Invoice.Taken;
import dev.quadrille.financing.invoice.Invoice.Unknown;
import dev.quadrille.financing.invoice.InvoiceCommand.ApproveFinancing;
import dev.quadrille.financing.invoice.InvoiceCommand.ProcessBid;
import dev.quadrille.financing.invoice.InvoiceCommand.ReverseFinancing;
import dev.quadrille.financing.invoice.InvoiceCommand.SellInvoice;
import dev.quadrille.financing.invoice.InvoiceEvent.BidOnInvoiceRejected;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceApproved;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceCreated;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceFinanced;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceReversed;
import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.Decider;
import dev.quadrille.kernel.Decision;
import dev.quadrille.kernel.StreamId;
import java.util.Set;

/**
 * The first bid that reaches the asking price finances the invoice; every other bid is rejected with the reason. A
 * financing is then approved or reversed, once and for good.
 */
public final class InvoiceDecider implements Decider<InvoiceCommand, Invoice, InvoiceEvent> {

    private InvoiceDecider() {}

    /** Invoices as the handler hosts them. */
    public static Aggregate<InvoiceCommand, ?, InvoiceEvent> aggregate() {
        return new Aggregate<>(InvoiceId.CATEGORY, InvoiceCommand.class, InvoiceEvent.class, new InvoiceDecider());
    }

    @Override
    public Invoice initial() {
        return new Unknown();
    }

    @Override
    public Invoice evolve(Invoice invoice, InvoiceEvent event) {
        return switch (event) {
            case InvoiceCreated(var _, var _, var askingPrice)
            when invoice instanceof Unknown -> new Available(askingPrice);
            case InvoiceFinanced(var _, var askingPrice, var winningBid)
            when invoice instanceof Available -> new Financed(askingPrice, winningBid);
            case BidOnInvoiceRejected _ when !(invoice instanceof Unknown) -> invoice;
            case InvoiceApproved(var _, var _, var winningBid)
            when invoice instanceof Financed -> new Approved(winningBid);
            case InvoiceReversed(var _, var _, var winningBid)
            when invoice instanceof Financed -> new Reversed(winningBid);
            case InvoiceCreated _, InvoiceFinanced _, BidOnInvoiceRejected _, InvoiceApproved _, InvoiceReversed _ ->
                throw new IllegalStateException(event + " can't follow on " + invoice);
        };
    }

    @Override
    public Set<StreamId> lookups(InvoiceCommand command) {
        return switch (command) {
            case SellInvoice sell -> Set.of(sell.issuerId().stream());
            case ProcessBid _, ApproveFinancing _, ReverseFinancing _ -> Set.of();
        };
    }

    @Override
    public Decision<InvoiceEvent> decide(Invoice invoice, InvoiceCommand command, Set<StreamId> existing) {
        return switch (command) {
            case SellInvoice sell -> sell(invoice, sell, existing);
            case ProcessBid process -> process(invoice, process);
            case ApproveFinancing approve -> approve(invoice, approve);
            case ReverseFinancing reverse -> reverse(invoice, reverse);
        };
    }

    private static Decision<InvoiceEvent> sell(Invoice invoice, SellInvoice sell, Set<StreamId> existing) {
        return switch (invoice) {
            case Unknown _
            when !existing.contains(sell.issuerId().stream()) ->
                reject(
                        "ISSUER_NOT_FOUND",
                        "There is no issuer " + sell.issuerId().value());
            case Unknown _ -> accept(new InvoiceCreated(sell.invoiceId(), sell.issuerId(), sell.askingPrice()));
            case Available _, Taken _ -> alreadyTrue();
        };
    }

    private static Decision<InvoiceEvent> process(Invoice invoice, ProcessBid process) {
        var bid = process.bid();
        return switch (invoice) {
            case Unknown _ -> notFound(process);
            case Available(var askingPrice)
            when !bid.amount().isSameCurrency(askingPrice) ->
                accept(new BidOnInvoiceRejected(process.invoiceId(), bid, CURRENCY_MISMATCH));
            case Available(var askingPrice)
            when bid.amount().isLessThan(askingPrice) ->
                accept(new BidOnInvoiceRejected(process.invoiceId(), bid, BID_TOO_LOW));
            case Available(var askingPrice) -> accept(new InvoiceFinanced(process.invoiceId(), askingPrice, bid));
            case Taken taken when taken.winningBid().bidId().equals(bid.bidId()) -> alreadyTrue();
            case Taken _ -> accept(new BidOnInvoiceRejected(process.invoiceId(), bid, INVOICE_NOT_AVAILABLE));
        };
    }

    private static Decision<InvoiceEvent> approve(Invoice invoice, ApproveFinancing approve) {
        return switch (invoice) {
            case Unknown _ -> notFound(approve);
            case Financed(var askingPrice, var winningBid) ->
                accept(new InvoiceApproved(approve.invoiceId(), askingPrice, winningBid));
            case Approved _ -> alreadyTrue();
            case Available _ -> notFinanced(approve, "no bid has won it yet");
            case Reversed _ -> notFinanced(approve, "its financing was reversed");
        };
    }

    private static Decision<InvoiceEvent> reverse(Invoice invoice, ReverseFinancing reverse) {
        return switch (invoice) {
            case Unknown _ -> notFound(reverse);
            case Financed(var askingPrice, var winningBid) ->
                accept(new InvoiceReversed(reverse.invoiceId(), askingPrice, winningBid));
            case Reversed _ -> alreadyTrue();
            case Available _ -> notFinanced(reverse, "no bid has won it yet");
            case Approved _ -> notFinanced(reverse, "its financing was approved");
        };
    }

    private static Decision<InvoiceEvent> notFound(InvoiceCommand command) {
        return reject(
                "INVOICE_NOT_FOUND",
                "There is no invoice " + command.invoiceId().value());
    }

    private static Decision<InvoiceEvent> notFinanced(InvoiceCommand command, String because) {
        return reject(
                "INVOICE_NOT_FINANCED", "Invoice " + command.invoiceId().value() + " is not financed: " + because);
    }
}
