/** The read tables of processes: how their steps change them, and what the query service shows of them. */
@NullMarked
package dev.quadrille.projections.process;

import org.jspecify.annotations.NullMarked;
