/**
 * Deterministic simulation: a whole system on one thread, in which every step between two effects can be the last one,
 * be too slow, or happen again. {@link dev.quadrille.testkit.simulation.Simulator} is where to begin.
 */
@NullMarked
package dev.quadrille.testkit.simulation;

import org.jspecify.annotations.NullMarked;
