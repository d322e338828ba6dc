/** Investors: an account, and what of it is reserved for bids. */
@NullMarked
package dev.quadrille.financing.investor;

import org.jspecify.annotations.NullMarked;
