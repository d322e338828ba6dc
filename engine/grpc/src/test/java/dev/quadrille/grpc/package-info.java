@NullMarked
package dev.quadrille.grpc;

import org.jspecify.annotations.NullMarked;
