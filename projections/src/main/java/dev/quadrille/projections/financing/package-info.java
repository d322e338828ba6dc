/** The read tables of financing: how its events change them, and what the query service shows of them. */
@NullMarked
package dev.quadrille.projections.financing;

import org.jspecify.annotations.NullMarked;
