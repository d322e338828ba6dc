package org.example.lending.service;

import static org.example.lending.proto.v1.CommandServiceGrpc.getLendCopyMethod;
import static org.example.lending.proto.v1.CommandServiceGrpc.getRegisterCopyMethod;
import static org.example.lending.proto.v1.CommandServiceGrpc.getReturnCopyMethod;
import static org.example.lending.proto.v1.CommandServiceGrpc.getWaitForBookMethod;

import dev.quadrille.commands.CallIds;
import dev.quadrille.commands.CommandQueue;
import dev.quadrille.grpc.Unary;
import io.grpc.stub.StreamObserver;
import java.util.UUID;
import org.example.lending.copy.CopyCommand.LendCopy;
import org.example.lending.copy.CopyCommand.RegisterCopy;
import org.example.lending.copy.CopyCommand.ReturnCopy;
import org.example.lending.copy.CopyId;
import org.example.lending.copy.LoanId;
import org.example.lending.proto.v1.CommandServiceGrpc.CommandServiceImplBase;
import org.example.lending.proto.v1.LendCopyRequest;
import org.example.lending.proto.v1.LendCopyResponse;
import org.example.lending.proto.v1.RegisterCopyRequest;
import org.example.lending.proto.v1.RegisterCopyResponse;
import org.example.lending.proto.v1.ReturnCopyRequest;
import org.example.lending.proto.v1.ReturnCopyResponse;
import org.example.lending.proto.v1.WaitForBookRequest;
import org.example.lending.proto.v1.WaitForBookResponse;
import org.example.lending.waiting.BookId;
import org.example.lending.waiting.ReaderId;
import org.example.lending.waiting.WaitingCommand.WaitForBook;

/** The commands as clients call them. Sees only requests that keep the rules of their proto. */
final class CommandCalls extends CommandServiceImplBase {

    private final CommandQueue queue;

    CommandCalls(CommandQueue queue) {
        this.queue = queue;
    }

    @Override
    public void registerCopy(RegisterCopyRequest request, StreamObserver<RegisterCopyResponse> responses) {
        Unary.answer(responses, () -> {
            var book = UUID.fromString(request.getBookId());
            var title = request.getTitle();
            var ids = CallIds.of(request.getRequestId(), getRegisterCopyMethod(), book, title);
            var copy = ids.created("copy");
            queue.enqueue(ids, new RegisterCopy(new CopyId(copy), new BookId(book), title));
            return RegisterCopyResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .setCopyId(copy.toString())
                    .build();
        });
    }

    @Override
    public void lendCopy(LendCopyRequest request, StreamObserver<LendCopyResponse> responses) {
        Unary.answer(responses, () -> {
            var copy = UUID.fromString(request.getCopyId());
            var reader = UUID.fromString(request.getReaderId());
            var ids = CallIds.of(request.getRequestId(), getLendCopyMethod(), copy, reader);
            var loan = ids.created("loan");
            queue.enqueue(ids, new LendCopy(new CopyId(copy), new LoanId(loan), new ReaderId(reader)));
            return LendCopyResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .setLoanId(loan.toString())
                    .build();
        });
    }

    @Override
    public void returnCopy(ReturnCopyRequest request, StreamObserver<ReturnCopyResponse> responses) {
        Unary.answer(responses, () -> {
            var copy = UUID.fromString(request.getCopyId());
            var ids = CallIds.of(request.getRequestId(), getReturnCopyMethod(), copy);
            queue.enqueue(ids, new ReturnCopy(new CopyId(copy)));
            return ReturnCopyResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .build();
        });
    }

    @Override
    public void waitForBook(WaitForBookRequest request, StreamObserver<WaitForBookResponse> responses) {
        Unary.answer(responses, () -> {
            var book = UUID.fromString(request.getBookId());
            var reader = UUID.fromString(request.getReaderId());
            var ids = CallIds.of(request.getRequestId(), getWaitForBookMethod(), book, reader);
            queue.enqueue(ids, new WaitForBook(new BookId(book), new ReaderId(reader)));
            return WaitForBookResponse.newBuilder()
                    .setCommandId(ids.commandId().toString())
                    .build();
        });
    }
}
