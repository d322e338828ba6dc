/**
 * Invoice financing: issuers sell invoices, investors bid on them, the first bid that reaches the asking price wins.
 * Three aggregates, each in a package of its own, and the saga that moves the money between them.
 */
@NullMarked
package dev.quadrille.financing;

import org.jspecify.annotations.NullMarked;
