/** The contract suites, tried on the store in memory and on one that does nothing. */
@NullMarked
package dev.quadrille.testkit;

import org.jspecify.annotations.NullMarked;
