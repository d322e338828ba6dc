/**
 * The kernel's buses on an AMQP 0-9-1 broker: the one topology, messages on the wire, publishing with confirms, and
 * consumers that keep the order of each stream.
 */
@NullMarked
package dev.quadrille.rabbitmq;

import org.jspecify.annotations.NullMarked;
