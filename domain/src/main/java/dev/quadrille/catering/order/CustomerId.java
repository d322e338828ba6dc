package dev.quadrille.catering.order;

import java.util.UUID;

/** Which customer. */
public record CustomerId(UUID value) {}
