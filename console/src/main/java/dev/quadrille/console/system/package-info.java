/** The system as the console knows it: two addresses, and the public contract. */
@NullMarked
package dev.quadrille.console.system;

import org.jspecify.annotations.NullMarked;
