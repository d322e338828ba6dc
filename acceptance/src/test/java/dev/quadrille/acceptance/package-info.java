/** What the system promises, seen from outside. */
@NullMarked
package dev.quadrille.acceptance;

import org.jspecify.annotations.NullMarked;
