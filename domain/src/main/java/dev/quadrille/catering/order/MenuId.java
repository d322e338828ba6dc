package dev.quadrille.catering.order;

import java.util.UUID;

/** Which menu; of one order. */
public record MenuId(UUID value) {}
