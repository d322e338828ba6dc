/** Orders: placed by a customer, with menus that the customer and their caterers confirm. */
@NullMarked
package dev.quadrille.catering.order;

import org.jspecify.annotations.NullMarked;
