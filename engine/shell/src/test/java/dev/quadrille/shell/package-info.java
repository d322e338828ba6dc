/** Tests of the shell. */
@NullMarked
package dev.quadrille.shell;

import org.jspecify.annotations.NullMarked;
