package org.example.lending.copy;

import java.util.UUID;

/** Which loan: one copy, once, to one reader. */
public record LoanId(UUID value) {}
