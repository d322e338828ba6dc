/** The read tables of billing: how its events change them, and what the query service shows of them. */
@NullMarked
package dev.quadrille.projections.billing;

import org.jspecify.annotations.NullMarked;
