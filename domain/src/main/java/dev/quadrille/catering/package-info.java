/** Catering: menus are offered for an order until one is confirmed by both sides, or the offer period ends. */
@NullMarked
package dev.quadrille.catering;

import org.jspecify.annotations.NullMarked;
