/** Measurements from outside, through the public contract, each a program of its own. */
@NullMarked
package dev.quadrille.benchmarks;

import org.jspecify.annotations.NullMarked;
