/** Tests of the house as a whole. */
@NullMarked
package dev.quadrille.standalone;

import org.jspecify.annotations.NullMarked;
