/** What every context knows of money. */
@NullMarked
package dev.quadrille.money;

import org.jspecify.annotations.NullMarked;
