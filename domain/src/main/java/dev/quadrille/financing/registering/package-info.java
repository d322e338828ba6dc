/** What the Registering context announces, in the terms of this one. */
@NullMarked
package dev.quadrille.financing.registering;

import org.jspecify.annotations.NullMarked;
