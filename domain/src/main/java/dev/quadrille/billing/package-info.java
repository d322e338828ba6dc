/** Billing: documents are issued to customers, and may be voided. */
@NullMarked
package dev.quadrille.billing;

import org.jspecify.annotations.NullMarked;
