/** Tests of the query side, on a real database and through its gRPC services. */
@NullMarked
package dev.quadrille.projections;

import org.jspecify.annotations.NullMarked;
