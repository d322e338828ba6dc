package dev.quadrille.reports.customer;

import java.util.UUID;

/** Which report. */
public record ReportId(UUID value) {}
