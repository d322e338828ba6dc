/** Tests of what answers share. */
@NullMarked
package dev.quadrille.projections.answers;

import org.jspecify.annotations.NullMarked;
