/** Documents: issued to a customer, and voided by one process at a time. */
@NullMarked
package dev.quadrille.billing.document;

import org.jspecify.annotations.NullMarked;
