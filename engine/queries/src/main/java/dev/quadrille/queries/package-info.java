/** How a service answers: how calls wait, lists are paged and rows are watched, and what became of commands. */
@NullMarked
package dev.quadrille.queries;

import org.jspecify.annotations.NullMarked;
