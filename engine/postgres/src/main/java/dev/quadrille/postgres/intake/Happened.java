package dev.quadrille.postgres.intake;

import dev.quadrille.kernel.EventEnvelope;

/**
 * An event that the tables have not seen.
 *
 * @param envelope as it came from the bus
 * @param event what is in it, decoded
 */
public record Happened(EventEnvelope envelope, Object event) {}
