/** The event store on PostgreSQL: streams, outcomes, feed, checkpoints and parked messages, and who leads the relay. */
@NullMarked
package dev.quadrille.postgres;

import org.jspecify.annotations.NullMarked;
