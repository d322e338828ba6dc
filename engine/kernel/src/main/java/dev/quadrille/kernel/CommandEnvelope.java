package dev.quadrille.kernel;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way to its aggregate.
 *
 * @param id the command's id: the same id has one effect and one outcome, however often it is handled
 * @param requestId the id that a client gave its request, unique among outcomes; null for what policies issue
 * @param stream where the command is decided, and the key in whose order it is handled
 * @param issuedAt when it was issued, by the issuer's clock
 */
public record CommandEnvelope(
        UUID id, @Nullable UUID requestId, StreamId stream, Instant issuedAt, Lineage lineage, Message message) {}
