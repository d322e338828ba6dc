/** Shows what the services have parked. */
@NullMarked
package dev.quadrille.projections.parking;

import org.jspecify.annotations.NullMarked;
