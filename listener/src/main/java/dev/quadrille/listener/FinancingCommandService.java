package dev.quadrille.listener;

import static dev.quadrille.proto.financing.v1.CommandServiceGrpc.getApproveFinancingMethod;
import static dev.quadrille.proto.financing.v1.CommandServiceGrpc.getBidOnInvoiceMethod;
import static dev.quadrille.proto.financing.v1.CommandServiceGrpc.getReverseFinancingMethod;
import static dev.quadrille.proto.financing.v1.CommandServiceGrpc.getSellInvoiceMethod;

import dev.quadrille.commands.CallIds;
import dev.quadrille.commands.CommandQueue;
import dev.quadrille.financing.investor.InvestorCommand.BidOnInvoice;
import dev.quadrille.financing.investor.InvestorId;
import dev.quadrille.financing.invoice.BidId;
import dev.quadrille.financing.invoice.InvoiceCommand.ApproveFinancing;
import dev.quadrille.financing.invoice.InvoiceCommand.ReverseFinancing;
import dev.quadrille.financing.invoice.InvoiceCommand.SellInvoice;
import dev.quadrille.financing.invoice.InvoiceId;
import dev.quadrille.financing.issuer.IssuerId;
import dev.quadrille.grpc.Unary;
import dev.quadrille.grpc.WireMoney;
import dev.quadrille.proto.financing.v1.ApproveFinancingRequest;
import dev.quadrille.proto.financing.v1.ApproveFinancingResponse;
import dev.quadrille.proto.financing.v1.BidOnInvoiceRequest;
import dev.quadrille.proto.financing.v1.BidOnInvoiceResponse;
import dev.quadrille.proto.financing.v1.CommandServiceGrpc.CommandServiceImplBase;
import dev.quadrille.proto.financing.v1.ReverseFinancingRequest;
import dev.quadrille.proto.financing.v1.ReverseFinancingResponse;
import dev.quadrille.proto.financing.v1.SellInvoiceRequest;
import dev.quadrille.proto.financing.v1.SellInvoiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.UUID;

/** Financing's commands as clients call them. Sees only requests that keep the rules of their proto. */
final class FinancingCommandService extends CommandServiceImplBase {

    private final CommandQueue queue;

    FinancingCommandService(CommandQueue queue) {
        this.queue = queue;
    }

    @Override
    public void sellInvoice(SellInvoiceRequest request, StreamObserver<SellInvoiceResponse> responses) {
        Unary.answer(responses, () -> {
            var issuer = UUID.fromString(request.getIssuerId());
            var price = WireMoney.fromWire(request.getAskingPrice());
            var ids = CallIds.of(request.getRequestId(), getSellInvoiceMethod(), issuer, price);
            var invoice = ids.created("invoice");
            queue.enqueue(ids, new SellInvoice(new InvoiceId(invoice), new IssuerId(issuer), price));
            return SellInvoiceResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .setInvoiceId(invoice.toString())
                    .build();
        });
    }

    @Override
    public void bidOnInvoice(BidOnInvoiceRequest request, StreamObserver<BidOnInvoiceResponse> responses) {
        Unary.answer(responses, () -> {
            var investor = UUID.fromString(request.getInvestorId());
            var invoice = UUID.fromString(request.getInvoiceId());
            var amount = WireMoney.fromWire(request.getAmount());
            var ids = CallIds.of(request.getRequestId(), getBidOnInvoiceMethod(), investor, invoice, amount);
            var bid = ids.created("bid");
            queue.enqueue(
                    ids, new BidOnInvoice(new InvestorId(investor), new BidId(bid), new InvoiceId(invoice), amount));
            return BidOnInvoiceResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .setBidId(bid.toString())
                    .build();
        });
    }

    @Override
    public void approveFinancing(ApproveFinancingRequest request, StreamObserver<ApproveFinancingResponse> responses) {
        Unary.answer(responses, () -> {
            var invoice = UUID.fromString(request.getInvoiceId());
            var ids = CallIds.of(request.getRequestId(), getApproveFinancingMethod(), invoice);
            queue.enqueue(ids, new ApproveFinancing(new InvoiceId(invoice)));
            return ApproveFinancingResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .build();
        });
    }

    @Override
    public void reverseFinancing(ReverseFinancingRequest request, StreamObserver<ReverseFinancingResponse> responses) {
        Unary.answer(responses, () -> {
            var invoice = UUID.fromString(request.getInvoiceId());
            var ids = CallIds.of(request.getRequestId(), getReverseFinancingMethod(), invoice);
            queue.enqueue(ids, new ReverseFinancing(new InvoiceId(invoice)));
            return ReverseFinancingResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .build();
        });
    }
}
