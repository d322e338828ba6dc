/** The contracts and what PostgreSQL adds to them, tried on every server there is. */
@NullMarked
package dev.quadrille.postgres;

import org.jspecify.annotations.NullMarked;
