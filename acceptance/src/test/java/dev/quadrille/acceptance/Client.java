package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.support.Amount.eur;

import dev.quadrille.proto.financing.v1.ApproveFinancingRequest;
import dev.quadrille.proto.financing.v1.BidOnInvoiceRequest;
import dev.quadrille.proto.financing.v1.CommandServiceGrpc.CommandServiceBlockingStub;
import dev.quadrille.proto.financing.v1.SellInvoiceRequest;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One who sells invoices of 10, bids 20 on them as one investor, and has them approved, without waiting for what comes of
 * it. Remembers what was accepted, and asks again for what may have been. For one thread at a time.
 */
final class Client {

    static final int ASKING_PRICE = 10;

    /** Something to ask for, with a request id: the same however often it is sent. */
    @FunctionalInterface
    private interface Request {
        /** Answers the id of the command. */
        String send(CommandServiceBlockingStub commands);
    }

    private final UUID investor;
    private final UUID issuer;
    private final List<UUID> invoices = new ArrayList<>();
    private final List<UUID> accepted = new ArrayList<>();
    private final List<Request> uncertain = new ArrayList<>();
    private int turn;

    /** @param invoice the first to bid on */
    Client(UUID investor, UUID issuer, UUID invoice) {
        this.investor = investor;
        this.issuer = issuer;
        invoices.add(invoice);
    }

    /** Asks for the next thing. An invoice has some time to come into being, and to be bid on. */
    void ask(CommandServiceBlockingStub commands) {
        var request = switch (turn++ % 3) {
            case 0 -> sale();
            case 1 -> bid(invoiceBefore(2));
            default -> approval(invoiceBefore(4));
        };
        try {
            accepted.add(UUID.fromString(request.send(commands)));
        } catch (StatusRuntimeException e) {
            uncertain.add(request);
            throw e;
        }
    }

    /** Asks once more for what it is not certain of; answers all that was accepted then. */
    List<UUID> askAgain(CommandServiceBlockingStub commands) {
        while (!uncertain.isEmpty()) {
            accepted.add(UUID.fromString(uncertain.getLast().send(commands)));
            uncertain.removeLast();
        }
        return accepted;
    }

    private UUID invoiceBefore(int back) {
        return invoices.get(Math.max(0, invoices.size() - back));
    }

    private Request sale() {
        var sale = SellInvoiceRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setIssuerId(issuer.toString())
                .setAskingPrice(eur(ASKING_PRICE).money())
                .build();
        return commands -> {
            var answer = commands.sellInvoice(sale);
            invoices.add(UUID.fromString(answer.getInvoiceId()));
            return answer.getCommandId();
        };
    }

    private Request bid(UUID invoice) {
        var bid = BidOnInvoiceRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setInvestorId(investor.toString())
                .setInvoiceId(invoice.toString())
                .setAmount(eur(2 * ASKING_PRICE).money())
                .build();
        return commands -> commands.bidOnInvoice(bid).getCommandId();
    }

    private static Request approval(UUID invoice) {
        var approval = ApproveFinancingRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setInvoiceId(invoice.toString())
                .build();
        return commands -> commands.approveFinancing(approval).getCommandId();
    }
}
