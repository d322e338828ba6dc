package dev.quadrille.acceptance.support;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What happens in financing, as the public contract writes it: a record's fields are those of the body, all of them. */
public sealed interface FinancingEvent {

    /** The stream in which it happens. */
    String subject();

    /** The stable name under which it travels. */
    default String type() {
        return typeOf(getClass());
    }

    static String typeOf(Class<?> event) {
        return "financing." + event.getSimpleName() + ".v1";
    }

    static String issuerStream(UUID issuer) {
        return "financing.issuer/" + issuer;
    }

    static String investorStream(UUID investor) {
        return "financing.investor/" + investor;
    }

    static String invoiceStream(UUID invoice) {
        return "financing.invoice/" + invoice;
    }

    static String commandStream(UUID command) {
        return "financing.command/" + command;
    }

    /** What an investor offers for an invoice. */
    record Bid(UUID bidId, UUID investorId, Amount amount) {}

    record IssuerCreated(UUID issuerId, String name) implements FinancingEvent {
        @Override
        public String subject() {
            return issuerStream(issuerId);
        }
    }

    sealed interface OfInvestor extends FinancingEvent {

        UUID investorId();

        @Override
        default String subject() {
            return investorStream(investorId());
        }
    }

    record InvestorCreated(UUID investorId, String name, String currency) implements OfInvestor {}

    record InvestorFundsAdded(UUID investorId, Amount amount) implements OfInvestor {}

    record BidOnInvoicePlaced(UUID investorId, UUID invoiceId, UUID bidId, Amount amount) implements OfInvestor {}

    record InvestorFundsReleased(UUID investorId, UUID bidId, Amount amount) implements OfInvestor {}

    record InvestorFundsCommitted(UUID investorId, UUID bidId, Amount amount) implements OfInvestor {}

    sealed interface OfInvoice extends FinancingEvent {

        UUID invoiceId();

        @Override
        default String subject() {
            return invoiceStream(invoiceId());
        }
    }

    record InvoiceCreated(UUID invoiceId, UUID issuerId, Amount askingPrice) implements OfInvoice {}

    record InvoiceFinanced(UUID invoiceId, Amount askingPrice, Bid winningBid) implements OfInvoice {}

    record BidOnInvoiceRejected(UUID invoiceId, Bid bid, String reason) implements OfInvoice {}

    record InvoiceApproved(UUID invoiceId, Amount soldPrice, Bid winningBid) implements OfInvoice {}

    record InvoiceReversed(UUID invoiceId, Amount soldPrice, Bid winningBid) implements OfInvoice {}

    /** A command that was refused, alone in a stream of its own. */
    record CommandRejected(
            UUID commandId, String commandType, String stream, String reason, String message, JsonNode command)
            implements FinancingEvent {
        @Override
        public String subject() {
            return commandStream(commandId);
        }
    }
}
