/** From the read tables to callers: how calls wait, lists are paged and rows are watched. */
@NullMarked
package dev.quadrille.projections.answers;

import org.jspecify.annotations.NullMarked;
