/** Takes what clients ask for: checks it, gives it ids, puts it on its way to the domain as a command. Knows no store. */
@NullMarked
package dev.quadrille.listener;

import org.jspecify.annotations.NullMarked;
