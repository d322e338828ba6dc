/** A browser, and what a person sees in it. */
@NullMarked
package dev.quadrille.console.browser;

import org.jspecify.annotations.NullMarked;
