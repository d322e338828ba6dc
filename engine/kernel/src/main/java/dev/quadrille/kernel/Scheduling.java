package dev.quadrille.kernel;

import java.util.List;
import java.util.UUID;

/**
 * An event of a process, which may schedule deadlines for its own stream: they are stored in the transaction that appends it
 * (P8). It has the correlation id of the first event of its stream.
 */
public interface Scheduling extends Event {

    /** The key of the process manager whose deadlines these are. */
    UUID process();

    /** When its deadlines are due, in the order in which it counts them. */
    List<Moment> moments();

    /** Whether the stream has come to its end: its deadlines are dropped, those of this event too. */
    boolean ended();
}
