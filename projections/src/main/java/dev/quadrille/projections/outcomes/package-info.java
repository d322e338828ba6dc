/** What became of commands, read where the domain recorded it. */
@NullMarked
package dev.quadrille.projections.outcomes;

import org.jspecify.annotations.NullMarked;
