/** The query side: takes events from the bus into read tables and shows those, and what became of commands. */
@NullMarked
package dev.quadrille.projections;

import org.jspecify.annotations.NullMarked;
