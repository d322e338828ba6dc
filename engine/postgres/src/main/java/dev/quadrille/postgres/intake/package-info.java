/** From the bus into the read tables: every event once and in its stream's order, whatever the bus repeats or mixes up. */
@NullMarked
package dev.quadrille.postgres.intake;

import org.jspecify.annotations.NullMarked;
