package dev.quadrille.financing;

import dev.quadrille.financing.investor.InvestorCommand;
import dev.quadrille.financing.investor.InvestorDecider;
import dev.quadrille.financing.investor.InvestorEvent;
import dev.quadrille.financing.invoice.InvoiceCommand;
import dev.quadrille.financing.invoice.InvoiceDecider;
import dev.quadrille.financing.invoice.InvoiceEvent;
import dev.quadrille.financing.issuer.IssuerCommand;
import dev.quadrille.financing.issuer.IssuerDecider;
import dev.quadrille.financing.issuer.IssuerEvent;
import dev.quadrille.financing.registering.Registered;
import dev.quadrille.kernel.Aggregate;
import dev.quadrille.kernel.MessageTypes;
import dev.quadrille.kernel.Policy;
import java.util.List;

/** The context as a service hosts it: its name, its aggregates, its policies and its language. */
public final class Financing {

    public static final String CONTEXT = "financing";

    private Financing() {}

    public static List<Aggregate<?, ?, ?>> aggregates() {
        return List.of(IssuerDecider.aggregate(), InvestorDecider.aggregate(), InvoiceDecider.aggregate());
    }

    public static List<Policy<?>> policies() {
        return Saga.POLICIES;
    }

    /** The stable names of everything this context stores and sends, and of what it hears from Registering. */
    public static MessageTypes messageTypes() {
        return new MessageTypes()
                .register("financing.CreateIssuer.v1", IssuerCommand.CreateIssuer.class)
                .register("financing.CreateInvestor.v1", InvestorCommand.CreateInvestor.class)
                .register("financing.BidOnInvoice.v1", InvestorCommand.BidOnInvoice.class)
                .register("financing.ReleaseFunds.v1", InvestorCommand.ReleaseFunds.class)
                .register("financing.CommitFunds.v1", InvestorCommand.CommitFunds.class)
                .register("financing.SellInvoice.v1", InvoiceCommand.SellInvoice.class)
                .register("financing.ProcessBid.v1", InvoiceCommand.ProcessBid.class)
                .register("financing.ApproveFinancing.v1", InvoiceCommand.ApproveFinancing.class)
                .register("financing.ReverseFinancing.v1", InvoiceCommand.ReverseFinancing.class)
                .register("financing.IssuerCreated.v1", IssuerEvent.IssuerCreated.class)
                .register("financing.InvestorCreated.v1", InvestorEvent.InvestorCreated.class)
                .register("financing.InvestorFundsAdded.v1", InvestorEvent.InvestorFundsAdded.class)
                .register("financing.BidOnInvoicePlaced.v1", InvestorEvent.BidOnInvoicePlaced.class)
                .register("financing.InvestorFundsReleased.v1", InvestorEvent.InvestorFundsReleased.class)
                .register("financing.InvestorFundsCommitted.v1", InvestorEvent.InvestorFundsCommitted.class)
                .register("financing.InvoiceCreated.v1", InvoiceEvent.InvoiceCreated.class)
                .register("financing.InvoiceFinanced.v1", InvoiceEvent.InvoiceFinanced.class)
                .register("financing.BidOnInvoiceRejected.v1", InvoiceEvent.BidOnInvoiceRejected.class)
                .register("financing.InvoiceApproved.v1", InvoiceEvent.InvoiceApproved.class)
                .register("financing.InvoiceReversed.v1", InvoiceEvent.InvoiceReversed.class)
                .register("registering.IssuerRegistered.v1", Registered.IssuerRegistered.class)
                .register("registering.InvestorRegistered.v1", Registered.InvestorRegistered.class);
    }
}
