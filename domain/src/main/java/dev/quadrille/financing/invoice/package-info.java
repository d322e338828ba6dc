/** Invoices: offered for a price, financed by one bid, then approved or reversed. */
@NullMarked
package dev.quadrille.financing.invoice;

import org.jspecify.annotations.NullMarked;
