/** The read tables of catering: how its events change them, and what the query service shows of them. */
@NullMarked
package dev.quadrille.projections.catering;

import org.jspecify.annotations.NullMarked;
