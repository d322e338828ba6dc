package dev.quadrille.kernel;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * Reads the outcomes that {@link EventStore#commit} recorded. Safe to call from any thread.
 *
 * <p>Every call may throw {@link Unavailable}.
 */
public interface Outcomes {

    /** The outcomes of those of these commands that have one. No row means not decided yet, never sent or expired. */
    Map<UUID, Outcome> find(Collection<UUID> commandIds);

    /** For those of these request ids that an outcome holds: the id of the command that holds it. */
    Map<UUID, UUID> holders(Collection<UUID> requestIds);
}
