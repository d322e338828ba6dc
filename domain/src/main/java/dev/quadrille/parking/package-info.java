/** What operators do about messages that were parked, as facts: who holds the messages hears of it on the bus. */
@NullMarked
package dev.quadrille.parking;

import org.jspecify.annotations.NullMarked;
