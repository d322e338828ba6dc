/** Messages as JSON, on Jackson: the one codec of the store and the bus. */
@NullMarked
package dev.quadrille.json;

import org.jspecify.annotations.NullMarked;
