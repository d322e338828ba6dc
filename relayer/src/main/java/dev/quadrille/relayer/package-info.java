/** The service that carries the event store's feed to the bus: one leader at a time, a standby takes over. */
@NullMarked
package dev.quadrille.relayer;

import org.jspecify.annotations.NullMarked;
