/** The buses, on every broker at hand: the embedded one, and the one at {@code AMQP_URL} where that is set. */
@NullMarked
package dev.quadrille.rabbitmq;

import org.jspecify.annotations.NullMarked;
