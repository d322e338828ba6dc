/** Tests of what stands without an adapter. */
@NullMarked
package dev.quadrille.kernel;

import org.jspecify.annotations.NullMarked;
