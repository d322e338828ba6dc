/** A gRPC server as all of ours must be: it checks, answers errors alike, tells its health and stops gracefully. */
@NullMarked
package dev.quadrille.grpc;

import org.jspecify.annotations.NullMarked;
