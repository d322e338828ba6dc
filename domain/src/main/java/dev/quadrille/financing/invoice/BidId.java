package dev.quadrille.financing.invoice;

import java.util.UUID;

/** Which bid. */
public record BidId(UUID value) {}
