package org.example.lending.loan;

import dev.quadrille.kernel.process.Deadline;
import org.example.lending.copy.CopyId;
import org.example.lending.copy.LoanId;

/** The time for which a copy was lent is over. */
public record LoanOverdue(CopyId copyId, LoanId loanId) implements Deadline {}
