/**
 * What tests of systems on this engine stand on: adapters in memory, and for every port the contract suite that each of
 * its adapters passes.
 */
@NullMarked
package dev.quadrille.testkit;

import org.jspecify.annotations.NullMarked;
