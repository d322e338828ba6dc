/** The voiding of documents: a process between Billing, which issues them, and Reports, which may have published them. */
@NullMarked
package dev.quadrille.voiding;

import org.jspecify.annotations.NullMarked;
