/** How a service takes commands: the ids of a call, its trace, and its way to the broker. Knows no store. */
@NullMarked
package dev.quadrille.commands;

import org.jspecify.annotations.NullMarked;
