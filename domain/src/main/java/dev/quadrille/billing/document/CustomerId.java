package dev.quadrille.billing.document;

import java.util.UUID;

/** Which customer. */
public record CustomerId(UUID value) {}
