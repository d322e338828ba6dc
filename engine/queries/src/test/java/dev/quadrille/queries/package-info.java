/** Tests of what the answers of every service share. */
@NullMarked
package dev.quadrille.queries;

import org.jspecify.annotations.NullMarked;
