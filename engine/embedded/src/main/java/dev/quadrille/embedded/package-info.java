/** A PostgreSQL server and an AMQP 0-9-1 broker that live and die with this JVM, while what they store outlives it. */
@NullMarked
package dev.quadrille.embedded;

import org.jspecify.annotations.NullMarked;
