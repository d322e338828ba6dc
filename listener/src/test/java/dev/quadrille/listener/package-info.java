/** What the listener promises of a call: the same ids for the same request, nothing for a bad one, OK for what is stored. */
@NullMarked
package dev.quadrille.listener;

import org.jspecify.annotations.NullMarked;
