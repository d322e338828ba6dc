package org.example.lending.loan;

import org.example.lending.copy.CopyId;
import org.example.lending.copy.LoanId;

/** How far a loan has come. */
sealed interface LoanState {

    record NotLent() implements LoanState {}

    /** @param overdue whether the copy has been asked for */
    record Lent(CopyId copyId, LoanId loanId, boolean overdue) implements LoanState {}

    /** The end. */
    record Returned(CopyId copyId) implements LoanState {}
}
