/** The read tables of reports: how its events change them, and what the query service shows of them. */
@NullMarked
package dev.quadrille.projections.reports;

import org.jspecify.annotations.NullMarked;
