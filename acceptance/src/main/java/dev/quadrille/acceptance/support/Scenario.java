package dev.quadrille.acceptance.support;

import static dev.quadrille.acceptance.support.FinancingEvent.investorStream;
import static dev.quadrille.acceptance.support.FinancingEvent.issuerStream;

import dev.quadrille.proto.command.v1.AwaitOutcomeRequest;
import dev.quadrille.proto.command.v1.Outcome;
import dev.quadrille.proto.command.v1.OutcomeServiceGrpc;
import dev.quadrille.proto.command.v1.OutcomeServiceGrpc.OutcomeServiceBlockingStub;
import dev.quadrille.proto.financing.v1.ApproveFinancingRequest;
import dev.quadrille.proto.financing.v1.Bid;
import dev.quadrille.proto.financing.v1.BidOnInvoiceRequest;
import dev.quadrille.proto.financing.v1.CommandServiceGrpc;
import dev.quadrille.proto.financing.v1.CommandServiceGrpc.CommandServiceBlockingStub;
import dev.quadrille.proto.financing.v1.GetBidRequest;
import dev.quadrille.proto.financing.v1.GetInvestorRequest;
import dev.quadrille.proto.financing.v1.GetInvoiceRequest;
import dev.quadrille.proto.financing.v1.GetIssuerRequest;
import dev.quadrille.proto.financing.v1.Investor;
import dev.quadrille.proto.financing.v1.Invoice;
import dev.quadrille.proto.financing.v1.Issuer;
import dev.quadrille.proto.financing.v1.ListBidsRequest;
import dev.quadrille.proto.financing.v1.QueryServiceGrpc;
import dev.quadrille.proto.financing.v1.QueryServiceGrpc.QueryServiceBlockingStub;
import dev.quadrille.proto.financing.v1.ReverseFinancingRequest;
import dev.quadrille.proto.financing.v1.SellInvoiceRequest;
import io.grpc.ManagedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One client's dealings with a running system: what it asks and reads over gRPC, and what it hears on the bus from the
 * beginning. All its requests are of one trace. Commands and reads may come from any thread, all else from one.
 */
public final class Scenario implements AutoCloseable {

    /** The name of every issuer registered here. */
    public static final String ISSUER = "Isabel Issuer";
    /** The name of every investor registered here. */
    public static final String INVESTOR = "Ivo Investor";

    private final String traceparent = Traceparent.random();
    private final ManagedChannel listener;
    private final ManagedChannel query;
    private final Bus bus;
    private final Witness events;

    public Scenario(Addresses addresses) throws Exception {
        listener = Channels.open(addresses.listener(), traceparent);
        query = Channels.open(addresses.query(), traceparent);
        bus = new Bus(addresses.amqp());
        events = bus.witness();
    }

    /** An accepted wish to sell, and the invoice that is to be. */
    public record Sale(UUID command, UUID invoice) {}

    /** An accepted wish to bid, and the bid that is to be. */
    public record Offer(UUID command, UUID bid) {}

    /** Has an issuer registered; returns when it exists. */
    public UUID registerIssuer() {
        var issuer = UUID.randomUUID();
        registerIssuer(issuer);
        return issuer;
    }

    /** Has this issuer registered; returns when it exists. */
    public void registerIssuer(UUID issuer) {
        bus.issuerRegistered(issuer, ISSUER);
        exists(issuerStream(issuer));
    }

    /** Has an investor registered; returns when they exist. */
    public UUID registerInvestor(Amount balance) {
        return registerInvestors(1, balance).getFirst();
    }

    /** Has as many investors registered, each with this balance; returns when they exist. */
    public List<UUID> registerInvestors(int count, Amount balance) {
        var investors = Stream.generate(UUID::randomUUID).limit(count).toList();
        bus.investorsRegistered(investors, INVESTOR, balance);
        investors.forEach(investor -> exists(investorStream(investor)));
        return investors;
    }

    private void exists(String stream) {
        if (events.in(stream, 1).isEmpty()) {
            throw new AssertionError("Nothing happened in " + stream);
        }
    }

    public Sale sell(UUID issuer, Amount askingPrice) {
        var sale = commands()
                .sellInvoice(SellInvoiceRequest.newBuilder()
                        .setIssuerId(issuer.toString())
                        .setAskingPrice(askingPrice.money())
                        .build());
        return new Sale(UUID.fromString(sale.getCommandId()), UUID.fromString(sale.getInvoiceId()));
    }

    /** Sells an invoice of an issuer of its own; returns when the sale is accepted by the domain. */
    public UUID invoiceFor(Amount askingPrice) {
        var sale = sell(registerIssuer(), askingPrice);
        outcomeOf(sale.command());
        return sale.invoice();
    }

    public Offer bid(UUID investor, UUID invoice, Amount amount) {
        var offer = commands()
                .bidOnInvoice(BidOnInvoiceRequest.newBuilder()
                        .setInvestorId(investor.toString())
                        .setInvoiceId(invoice.toString())
                        .setAmount(amount.money())
                        .build());
        return new Offer(UUID.fromString(offer.getCommandId()), UUID.fromString(offer.getBidId()));
    }

    /** Answers the id of the command. */
    public UUID approve(UUID invoice) {
        var request = ApproveFinancingRequest.newBuilder()
                .setInvoiceId(invoice.toString())
                .build();
        return UUID.fromString(commands().approveFinancing(request).getCommandId());
    }

    /** Answers the id of the command. */
    public UUID reverse(UUID invoice) {
        var request = ReverseFinancingRequest.newBuilder()
                .setInvoiceId(invoice.toString())
                .build();
        return UUID.fromString(commands().reverseFinancing(request).getCommandId());
    }

    /** Waits until the command is accepted or rejected. */
    public Outcome outcomeOf(UUID command) {
        var request = AwaitOutcomeRequest.newBuilder()
                .setCommandId(command.toString())
                .build();
        return outcomes().awaitOutcome(request).getOutcome();
    }

    public Issuer issuer(UUID issuer) {
        var request =
                GetIssuerRequest.newBuilder().setIssuerId(issuer.toString()).build();
        return queries().getIssuer(request).getIssuer();
    }

    public Investor investor(UUID investor) {
        return investor(investor, "");
    }

    public Investor investor(UUID investor, String consistencyToken) {
        var request = GetInvestorRequest.newBuilder()
                .setInvestorId(investor.toString())
                .setConsistencyToken(consistencyToken)
                .build();
        return queries().getInvestor(request).getInvestor();
    }

    public Invoice invoice(UUID invoice) {
        return invoice(invoice, "");
    }

    public Invoice invoice(UUID invoice, String consistencyToken) {
        var request = GetInvoiceRequest.newBuilder()
                .setInvoiceId(invoice.toString())
                .setConsistencyToken(consistencyToken)
                .build();
        return queries().getInvoice(request).getInvoice();
    }

    public Bid bid(UUID bid) {
        return bid(bid, "");
    }

    public Bid bid(UUID bid, String consistencyToken) {
        var request = GetBidRequest.newBuilder()
                .setBidId(bid.toString())
                .setConsistencyToken(consistencyToken)
                .build();
        return queries().getBid(request).getBid();
    }

    /** Every bid on this invoice, page by page. */
    public List<Bid> bidsOn(UUID invoice) {
        var bids = new ArrayList<Bid>();
        var request = ListBidsRequest.newBuilder().setInvoiceId(invoice.toString());
        do {
            var page = queries().listBids(request.build());
            bids.addAll(page.getBidsList());
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return bids;
    }

    public CommandServiceBlockingStub commands() {
        return CommandServiceGrpc.newBlockingStub(listener);
    }

    public QueryServiceBlockingStub queries() {
        return QueryServiceGrpc.newBlockingStub(query);
    }

    public OutcomeServiceBlockingStub outcomes() {
        return OutcomeServiceGrpc.newBlockingStub(query);
    }

    public Bus bus() {
        return bus;
    }

    public Witness events() {
        return events;
    }

    /** The trace of all requests. */
    public String traceId() {
        return Traceparent.traceId(traceparent);
    }

    @Override
    public void close() {
        bus.close();
        listener.shutdownNow();
        query.shutdownNow();
    }
}
