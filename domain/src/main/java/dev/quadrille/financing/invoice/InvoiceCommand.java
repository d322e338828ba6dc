package dev.quadrille.financing.invoice;

import dev.quadrille.financing.issuer.IssuerId;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.StreamId;
import dev.quadrille.money.Amounts;
import org.joda.money.Money;

/** What an invoice can be asked. */
public sealed interface InvoiceCommand extends Command {

    InvoiceId invoiceId();

    @Override
    default StreamId stream() {
        return invoiceId().stream();
    }

    /** Offers an invoice for a price. The issuer has to exist. */
    record SellInvoice(InvoiceId invoiceId, IssuerId issuerId, Money askingPrice) implements InvoiceCommand {
        public SellInvoice {
            Amounts.positive("The asking price", askingPrice);
        }
    }

    /** Considers a bid for which the investor has reserved the money. */
    record ProcessBid(InvoiceId invoiceId, Bid bid) implements InvoiceCommand {}

    /** Confirms the financing: the issuer gets the asking price. */
    record ApproveFinancing(InvoiceId invoiceId) implements InvoiceCommand {}

    /** Calls the financing off: the investor gets the asking price back. */
    record ReverseFinancing(InvoiceId invoiceId) implements InvoiceCommand {}
}
