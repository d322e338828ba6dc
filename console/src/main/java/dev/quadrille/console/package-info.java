/** The page for people: shows what the query service shows, and gives commands to the listener, all through the public gRPC. */
@NullMarked
package dev.quadrille.console;

import org.jspecify.annotations.NullMarked;
