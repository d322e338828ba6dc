package dev.quadrille.projections.financing;

import static dev.quadrille.projections.generated.Tables.BID;
import static dev.quadrille.projections.generated.Tables.INVESTOR;
import static dev.quadrille.projections.generated.Tables.INVOICE;

import dev.quadrille.grpc.WireMoney;
import dev.quadrille.projections.generated.tables.records.BidRecord;
import dev.quadrille.projections.generated.tables.records.InvestorRecord;
import dev.quadrille.projections.generated.tables.records.InvoiceRecord;
import dev.quadrille.projections.generated.tables.records.IssuerRecord;
import dev.quadrille.proto.financing.v1.Bid;
import dev.quadrille.proto.financing.v1.BidStatus;
import dev.quadrille.proto.financing.v1.Investor;
import dev.quadrille.proto.financing.v1.Invoice;
import dev.quadrille.proto.financing.v1.InvoiceStatus;
import dev.quadrille.proto.financing.v1.Issuer;
import dev.quadrille.proto.financing.v1.WinningBid;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jooq.Condition;

/** Rows as callers see them, and which of them are shown: those whose own stream has begun. */
final class Shown {

    static final Condition INVESTORS = INVESTOR.NAME.isNotNull();
    static final Condition INVOICES = INVOICE.ISSUER_ID.isNotNull();
    static final Condition BIDS = BID.STATUS.isNotNull();

    private Shown() {}

    static Issuer issuer(IssuerRecord row) {
        return Issuer.newBuilder()
                .setIssuerId(row.getIssuerId().toString())
                .setName(row.getName())
                .build();
    }

    static Investor investor(InvestorRecord row) {
        return Investor.newBuilder()
                .setInvestorId(row.getInvestorId().toString())
                .setName(row.getName())
                .setBalance(money(row.getCurrency(), row.getBalance()))
                .setReserved(money(row.getCurrency(), row.getReserved()))
                .setCommitted(money(row.getCurrency(), row.getCommitted()))
                .build();
    }

    static Invoice invoice(InvoiceRecord row) {
        var invoice = Invoice.newBuilder()
                .setInvoiceId(row.getInvoiceId().toString())
                .setIssuerId(row.getIssuerId().toString())
                .setAskingPrice(money(row.getCurrency(), row.getAskingPrice()))
                .setStatus(InvoiceStatus.valueOf(row.getStatus()));
        if (row.getWinningBidId() != null) {
            invoice.setWinningBid(WinningBid.newBuilder()
                    .setBidId(row.getWinningBidId().toString())
                    .setInvestorId(row.getWinningInvestorId().toString())
                    .setAmount(money(row.getCurrency(), row.getWinningAmount())));
        }
        return invoice.build();
    }

    static Bid bid(BidRecord row) {
        return Bid.newBuilder()
                .setBidId(row.getBidId().toString())
                .setInvestorId(row.getInvestorId().toString())
                .setInvoiceId(row.getInvoiceId().toString())
                .setAmount(money(row.getCurrency(), row.getAmount()))
                .setStatus(BidStatus.valueOf(row.getStatus()))
                .setReason(Stream.of(row.getRejectedBecause(), row.getUnprocessedBecause())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(""))
                .build();
    }

    private static com.google.type.Money money(String currency, BigDecimal amount) {
        return WireMoney.toWire(Money.of(CurrencyUnit.of(currency), amount));
    }
}
