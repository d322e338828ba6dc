@NullMarked
package dev.quadrille.testkit.simulation;

import org.jspecify.annotations.NullMarked;
