package dev.quadrille.catering.order;

import java.util.UUID;

/** Which caterer. */
public record CatererId(UUID value) {}
