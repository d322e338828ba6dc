package dev.quadrille.kernel;

import java.util.UUID;

/**
 * An event of some stream, by its id and where it stands: how one stream refers to what stands in another, without a copy
 * and without a second id.
 */
public record EventRef(UUID id, StreamId stream, long version) {}
