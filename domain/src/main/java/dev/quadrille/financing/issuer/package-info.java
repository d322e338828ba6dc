/** Issuers: who sells invoices. */
@NullMarked
package dev.quadrille.financing.issuer;

import org.jspecify.annotations.NullMarked;
