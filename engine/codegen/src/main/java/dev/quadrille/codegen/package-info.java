/** The build's generator of the Java that names tables and columns, so that SQL which no longer fits them won't compile. */
@NullMarked
package dev.quadrille.codegen;

import org.jspecify.annotations.NullMarked;
