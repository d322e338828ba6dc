/** The console as it is run, on a system that shows what a test has put there. */
@NullMarked
package dev.quadrille.console;

import org.jspecify.annotations.NullMarked;
