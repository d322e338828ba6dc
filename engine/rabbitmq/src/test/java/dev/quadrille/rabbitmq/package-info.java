/** The buses, on every broker at hand: the embedded one, the one at {@code AMQP_URL}, one in a container. */
@NullMarked
package dev.quadrille.rabbitmq;

import org.jspecify.annotations.NullMarked;
