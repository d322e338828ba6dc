package dev.quadrille.billing.document;

import java.util.UUID;

/** Which process sees a voiding through; one for each voiding that was asked for. */
public record ProcessId(UUID value) {}
