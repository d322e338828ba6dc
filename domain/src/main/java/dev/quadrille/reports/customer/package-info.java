/** A customer's reports: one is open at most, those before it are published. */
@NullMarked
package dev.quadrille.reports.customer;

import org.jspecify.annotations.NullMarked;
