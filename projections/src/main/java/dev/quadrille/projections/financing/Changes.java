package dev.quadrille.projections.financing;

import static dev.quadrille.postgres.Texts.storable;
import static dev.quadrille.postgres.intake.Upsert.upsert;
import static dev.quadrille.projections.generated.Tables.BID;
import static dev.quadrille.projections.generated.Tables.INVESTOR;
import static dev.quadrille.projections.generated.Tables.INVOICE;
import static dev.quadrille.projections.generated.Tables.ISSUER;
import static java.math.BigDecimal.ZERO;

import dev.quadrille.financing.investor.InvestorEvent;
import dev.quadrille.financing.investor.InvestorEvent.BidOnInvoicePlaced;
import dev.quadrille.financing.investor.InvestorEvent.InvestorCreated;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsAdded;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsCommitted;
import dev.quadrille.financing.investor.InvestorEvent.InvestorFundsReleased;
import dev.quadrille.financing.investor.InvestorId;
import dev.quadrille.financing.invoice.Bid;
import dev.quadrille.financing.invoice.BidId;
import dev.quadrille.financing.invoice.InvoiceCommand.ProcessBid;
import dev.quadrille.financing.invoice.InvoiceEvent;
import dev.quadrille.financing.invoice.InvoiceEvent.BidOnInvoiceRejected;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceApproved;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceCreated;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceFinanced;
import dev.quadrille.financing.invoice.InvoiceEvent.InvoiceReversed;
import dev.quadrille.financing.invoice.InvoiceId;
import dev.quadrille.financing.issuer.IssuerEvent;
import dev.quadrille.financing.issuer.IssuerEvent.IssuerCreated;
import dev.quadrille.kernel.CommandRejected;
import dev.quadrille.projections.generated.tables.records.BidRecord;
import dev.quadrille.projections.generated.tables.records.InvestorRecord;
import dev.quadrille.projections.generated.tables.records.InvoiceRecord;
import dev.quadrille.projections.generated.tables.records.IssuerRecord;
import dev.quadrille.proto.financing.v1.InvoiceStatus;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;

/**
 * What a batch of events changes in the tables, added up so that each row is written once, in one statement for each
 * table. For one transaction, on one thread.
 */
final class Changes {

    private final SortedMap<UUID, IssuerRecord> issuers = new TreeMap<>();
    private final SortedMap<UUID, InvestorRecord> investors = new TreeMap<>();
    private final SortedMap<UUID, InvoiceRecord> invoices = new TreeMap<>();
    private final SortedMap<UUID, BidRecord> bids = new TreeMap<>();

    /**
     * Adds an event, the next of its stream.
     *
     * @throws IllegalArgumentException if it is no event of financing
     */
    void add(Object event) {
        switch (event) {
            case IssuerEvent issuer -> add(issuer);
            case InvestorEvent investor -> add(investor);
            case InvoiceEvent invoice -> add(invoice);
            case CommandRejected rejected -> add(rejected);
            default -> throw new IllegalArgumentException(event.getClass() + " is no event of financing");
        }
    }

    private void add(IssuerEvent event) {
        switch (event) {
            case IssuerCreated(var id, var name) -> {
                var row = new IssuerRecord();
                row.setIssuerId(id.value());
                row.setName(storable(name));
                issuers.put(id.value(), row);
            }
        }
    }

    private void add(InvestorEvent event) {
        switch (event) {
            case InvestorCreated(var id, var name, var currency) -> {
                var row = investor(id);
                row.setName(storable(name));
                row.setCurrency(currency.getCode());
            }
            case InvestorFundsAdded(var id, var amount) -> {
                var row = investor(id);
                row.setBalance(row.getBalance().add(amount.getAmount()));
            }
            case BidOnInvoicePlaced(var id, var invoice, var bidId, var amount) -> {
                var row = investor(id);
                row.setBalance(row.getBalance().subtract(amount.getAmount()));
                row.setReserved(row.getReserved().add(amount.getAmount()));
                var bid = bid(bidId);
                bid.setInvestorId(id.value());
                bid.setInvoiceId(invoice.value());
                bid.setCurrency(amount.getCurrencyUnit().getCode());
                bid.setAmount(amount.getAmount());
            }
            case InvestorFundsReleased(var id, var bidId, var amount) -> {
                var row = investor(id);
                row.setBalance(row.getBalance().add(amount.getAmount()));
                row.setReserved(row.getReserved().subtract(amount.getAmount()));
                var bid = bid(bidId);
                bid.setReleased(bid.getReleased().add(amount.getAmount()));
            }
            case InvestorFundsCommitted(var id, var bidId, var amount) -> {
                var row = investor(id);
                row.setReserved(row.getReserved().subtract(amount.getAmount()));
                row.setCommitted(row.getCommitted().add(amount.getAmount()));
                var bid = bid(bidId);
                bid.setCommitted(bid.getCommitted().add(amount.getAmount()));
            }
        }
    }

    private void add(InvoiceEvent event) {
        switch (event) {
            case InvoiceCreated(var id, var issuer, var askingPrice) -> {
                var row = invoice(id, InvoiceStatus.INVOICE_STATUS_AVAILABLE);
                row.setIssuerId(issuer.value());
                row.setCurrency(askingPrice.getCurrencyUnit().getCode());
                row.setAskingPrice(askingPrice.getAmount());
            }
            case InvoiceFinanced(var id, var _, var bid) -> sold(id, InvoiceStatus.INVOICE_STATUS_FINANCED, bid);
            case InvoiceApproved(var id, var _, var bid) -> sold(id, InvoiceStatus.INVOICE_STATUS_APPROVED, bid);
            case InvoiceReversed(var id, var _, var bid) -> sold(id, InvoiceStatus.INVOICE_STATUS_REVERSED, bid);
            case BidOnInvoiceRejected(var _, var bid, var reason) ->
                bid(bid.bidId()).setRejectedBecause(reason.name());
        }
    }

    private void add(CommandRejected event) {
        if (event.command() instanceof ProcessBid(var _, var bid)) {
            bid(bid.bidId()).setUnprocessedBecause(storable(event.reason()));
        }
    }

    private void sold(InvoiceId id, InvoiceStatus status, Bid winner) {
        var row = invoice(id, status);
        row.setWinningBidId(winner.bidId().value());
        row.setWinningInvestorId(winner.investorId().value());
        row.setWinningAmount(winner.amount().getAmount());
        bid(winner.bidId()).setWon(true);
    }

    private InvestorRecord investor(InvestorId id) {
        return investors.computeIfAbsent(id.value(), _ -> {
            var row = new InvestorRecord();
            row.setInvestorId(id.value());
            row.setBalance(ZERO);
            row.setReserved(ZERO);
            row.setCommitted(ZERO);
            return row;
        });
    }

    private InvoiceRecord invoice(InvoiceId id, InvoiceStatus status) {
        var row = invoices.computeIfAbsent(id.value(), _ -> new InvoiceRecord());
        row.setInvoiceId(id.value());
        row.setStatus(status.name());
        return row;
    }

    private BidRecord bid(BidId id) {
        return bids.computeIfAbsent(id.value(), _ -> {
            var row = new BidRecord();
            row.setBidId(id.value());
            row.setReleased(ZERO);
            row.setCommitted(ZERO);
            return row;
        });
    }

    /** Writes what was added. Called once, last in the transaction. */
    void write(DSLContext transaction) {
        upsert(transaction, List.of(ISSUER.ISSUER_ID), issuers.values(), List.of(ISSUER.NAME), List.of());
        upsert(
                transaction,
                List.of(INVESTOR.INVESTOR_ID),
                investors.values(),
                List.of(INVESTOR.NAME, INVESTOR.CURRENCY),
                List.of(INVESTOR.BALANCE, INVESTOR.RESERVED, INVESTOR.COMMITTED));
        upsert(
                transaction,
                List.of(INVOICE.INVOICE_ID),
                invoices.values(),
                List.of(
                        INVOICE.ISSUER_ID,
                        INVOICE.CURRENCY,
                        INVOICE.ASKING_PRICE,
                        INVOICE.STATUS,
                        INVOICE.WINNING_BID_ID,
                        INVOICE.WINNING_INVESTOR_ID,
                        INVOICE.WINNING_AMOUNT),
                List.of());
        upsert(
                transaction,
                List.of(BID.BID_ID),
                bids.values(),
                List.of(
                        BID.INVESTOR_ID,
                        BID.INVOICE_ID,
                        BID.CURRENCY,
                        BID.AMOUNT,
                        BID.WON,
                        BID.REJECTED_BECAUSE,
                        BID.UNPROCESSED_BECAUSE),
                List.of(BID.RELEASED, BID.COMMITTED));
    }
}
