package org.example.lending;

import dev.quadrille.kernel.Codec;
import java.util.UUID;
import org.example.lending.copy.CopyId;
import org.example.lending.copy.LoanId;
import org.example.lending.waiting.BookId;
import org.example.lending.waiting.ReaderId;

/** Who and what the examples are about. */
public final class Examples {

    public static final Codec CODEC = Lending.codec();

    public static final BookId BOOK = new BookId(new UUID(1, 1));
    public static final CopyId COPY = new CopyId(new UUID(2, 1));
    public static final CopyId OTHER_COPY = new CopyId(new UUID(2, 2));
    public static final ReaderId ADA = new ReaderId(new UUID(3, 1));
    public static final ReaderId BOB = new ReaderId(new UUID(3, 2));
    public static final LoanId LOAN = new LoanId(new UUID(4, 1));
    public static final LoanId OTHER_LOAN = new LoanId(new UUID(4, 2));

    private Examples() {}
}
