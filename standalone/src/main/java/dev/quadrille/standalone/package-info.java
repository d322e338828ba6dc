/** All services in one JVM, on an embedded database and an embedded broker where no others are given. */
@NullMarked
package dev.quadrille.standalone;

import org.jspecify.annotations.NullMarked;
